"""What a consumer has done, and with it where it goes on: a line for each event, in a file that only grows.

One write holds both, so a consumer that is killed has done an event and knows it, or neither. In a database, do both
in one transaction.
"""

import json
import os


class Journal:
    def __init__(self, path):
        self._file = os.open(path, os.O_RDWR | os.O_CREAT | os.O_APPEND, 0o600)
        with open(path, "rb") as file:
            text = file.read()
        whole = text[: text.rfind(b"\n") + 1]
        os.ftruncate(self._file, len(whole))
        lines = whole.splitlines()
        self.last = json.loads(lines[-1]) if lines else None

    def write(self, position, license_id, sequence, event_type):
        entry = {"position": position, "licenseId": license_id, "sequence": sequence, "type": event_type}
        os.write(self._file, json.dumps(entry).encode() + b"\n")
        self.last = entry
