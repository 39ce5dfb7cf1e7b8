"""Follows the events as they are streamed, and goes on behind the last one that it has written down.

Python's standard library alone:

    LEDGER_URL=http://localhost:3000 LEDGER_TOKEN=$(npm run --silent token -- --role service) \
    JOURNAL=seen.jsonl python3 docs/consumers/stream.py
"""

import json
import os
import sys
import time
import urllib.error
import urllib.request

from journal import Journal

RECONNECT_S = 0.5
# Three heartbeats: a connection that says nothing for so long is dead.
SILENCE_S = 30


def messages(response):
    """The data of each server-sent event, as the HTML standard reads them."""
    data = []
    for line in response:
        line = line.decode().rstrip("\r\n")
        if line.startswith("data:"):
            data.append(line[5:].removeprefix(" "))
        elif line == "" and data:
            yield "\n".join(data)
            data = []


def follow(journal):
    headers = {"Authorization": f"Bearer {os.environ['LEDGER_TOKEN']}"}
    if journal.last:
        headers["Last-Event-ID"] = journal.last["position"]
    request = urllib.request.Request(f"{os.environ['LEDGER_URL']}/v1/events", headers=headers)
    with urllib.request.urlopen(request, timeout=SILENCE_S) as response:
        for message in messages(response):
            event = json.loads(message)
            journal.write(event["position"], event["subject"], int(event["sequence"]), event["type"])


def main():
    journal = Journal(os.environ["JOURNAL"])
    while True:
        try:
            follow(journal)
        except (OSError, urllib.error.URLError) as error:
            print(error, file=sys.stderr)
        time.sleep(RECONNECT_S)


if __name__ == "__main__":
    main()
