"""What tests stand on: real databases, a client and a command runner, a clock that obeys, a browser."""
