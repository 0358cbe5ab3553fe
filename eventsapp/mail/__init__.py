"""Mail: messages are rows written with the change they tell of, sent by the worker.

A wing's `messages.py` describes a message as data (template, language, placeholders);
`service.queue` stores it; `sending.py` renders and delivers it by SMTP or, without `MAIL_URL`, as an
`.eml` file that staff read in the interface. A repeat after a crash carries the same Message-ID.
"""
