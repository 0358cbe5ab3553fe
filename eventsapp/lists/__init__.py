"""Guest lists in and out: CSV and XLSX, columns guessed and shown, a dry run that equals the real one."""
