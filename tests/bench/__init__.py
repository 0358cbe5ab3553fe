"""Speed, measured beside a yardstick: a bare Flask "hello" under gunicorn with two sync workers.

`make bench` starts both servers, drives them in turn in the same run and prints one line a row and number
of callers. A row is one line in `rows.py`; `load.py` is the load generator, `servers.py` starts and
watches processes, `report.py` prints. Machines differ and neighbours are noisy: read the shares and the
CPU per request, not the rates.
"""
