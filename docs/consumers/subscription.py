"""Subscribes to the event store over gRPC, and goes on behind the last event that it has written down.

The stubs are made of our own definitions of the protocol:

    python3 -m venv .venv && .venv/bin/pip install grpcio grpcio-tools
    .venv/bin/python -m grpc_tools.protoc -I libs/event-store-node/proto --python_out=.stubs --grpc_python_out=.stubs \
        shared.proto status.proto streams.proto        # mkdir .stubs before
    EVENTSTORE=localhost:2113 JOURNAL=seen.jsonl PYTHONPATH=.stubs .venv/bin/python docs/consumers/subscription.py
"""

import os
import sys
import time

import grpc
import shared_pb2
import streams_pb2
import streams_pb2_grpc

from journal import Journal

PREFIX = "license-"
RECONNECT_S = 0.5
# A call to a server that died in silence would wait for ever without pings.
KEEP_ALIVE = [("grpc.keepalive_time_ms", 10_000), ("grpc.keepalive_timeout_ms", 5_000)]


def subscription(after):
    """All events of licenses behind a place, and those to come."""
    options = streams_pb2.ReadReq.Options(
        all=streams_pb2.ReadReq.Options.AllOptions(start=shared_pb2.Empty()),
        subscription=streams_pb2.ReadReq.Options.SubscriptionOptions(),
        filter=streams_pb2.ReadReq.Options.FilterOptions(
            stream_identifier=streams_pb2.ReadReq.Options.FilterOptions.Expression(prefix=[PREFIX]),
            max=32,
            checkpointIntervalMultiplier=32,
        ),
        uuid_option=streams_pb2.ReadReq.Options.UUIDOption(string=shared_pb2.Empty()),
    )
    if after:
        commit, prepare = (int(part) for part in after.split("/"))
        options.all.position.commit_position = commit
        options.all.position.prepare_position = prepare
    return streams_pb2.ReadReq(options=options)


def follow(journal):
    with grpc.insecure_channel(os.environ["EVENTSTORE"], options=KEEP_ALIVE) as channel:
        request = subscription(journal.last and journal.last["position"])
        for response in streams_pb2_grpc.StreamsStub(channel).Read(request):
            if response.WhichOneof("content") != "event":
                continue
            event = response.event.event
            license_id = event.stream_identifier.stream_name.decode().removeprefix(PREFIX)
            # The sequence of the public event is the revision plus one.
            journal.write(
                f"{event.commit_position}/{event.prepare_position}",
                license_id,
                event.stream_revision + 1,
                event.metadata["type"],
            )


def main():
    journal = Journal(os.environ["JOURNAL"])
    while True:
        try:
            follow(journal)
        except grpc.RpcError as error:
            print(error.code(), error.details(), file=sys.stderr)
        time.sleep(RECONNECT_S)


if __name__ == "__main__":
    main()
