import { jsonEvent, NotFoundError } from '@eventstore/db-client';
import { collect, counted, eventually, useServer } from './server.js';

const { client, name } = useServer();

/** Events of a stream, links followed; none while the stream does not exist. */
async function linked(stream: string) {
  try {
    return (await collect(client().readStream(stream, { resolveLinkTos: true }))).map(({ event, link }) => ({
      stream: event?.streamId,
      type: event?.type,
      causedBy: (link?.metadata as { $causedBy?: string } | undefined)?.$causedBy,
      id: event?.id,
    }));
  } catch {
    return [];
  }
}

describe('streams of links', () => {
  it('gather the events of a category, those from before as well', async () => {
    const category = name('category');
    await client().appendToStream(`${category}-1`, counted(1, 2));
    await client().enableProjection('$by_category');
    await client().appendToStream(`${category}-2-x`, counted(3));
    await client().appendToStream(name('other'), counted(9));
    await client().appendToStream(`${category}-1`, counted(4));
    const events = await eventually(
      () => linked(`$ce-${category}`),
      ({ length }) => length === 4,
    );
    expect(events.map(({ stream }) => stream)).toEqual([
      `${category}-1`,
      `${category}-1`,
      `${category}-2-x`,
      `${category}-1`,
    ]);
    for (const { causedBy, id } of events) expect(causedBy).toBe(id);
  });

  it('gather the events of a type', async () => {
    const type = name('type');
    await client().enableProjection('$by_event_type');
    await client().appendToStream(name('one'), [jsonEvent({ type, data: {} }), ...counted(1)]);
    await client().appendToStream(name('other'), jsonEvent({ type, data: {} }));
    const events = await eventually(
      () => linked(`$et-${type}`),
      ({ length }) => length === 2,
    );
    expect(events.map((event) => event.type)).toEqual([type, type]);
  });

  it('stop when they are disabled, and catch up when they are enabled again', async () => {
    const category = name('category');
    await client().enableProjection('$by_category');
    await client().disableProjection('$by_category');
    expect((await client().getProjectionStatus('$by_category')).projectionStatus).toBe('Stopped');
    await client().appendToStream(`${category}-1`, counted(1));
    expect(await linked(`$ce-${category}`)).toEqual([]);
    await client().enableProjection('$by_category');
    expect((await client().getProjectionStatus('$by_category')).projectionStatus).toBe('Running');
    await eventually(
      () => linked(`$ce-${category}`),
      ({ length }) => length === 1,
    );
  });

  it('go on when the subsystem is restarted', async () => {
    const category = name('category');
    await client().enableProjection('$by_category');
    await client().appendToStream(`${category}-1`, counted(1));
    await client().restartSubsystem();
    await client().appendToStream(`${category}-1`, counted(2));
    const events = await eventually(
      () => linked(`$ce-${category}`),
      ({ length }) => length === 2,
    );
    expect(events.map(({ stream }) => stream)).toEqual([`${category}-1`, `${category}-1`]);
  });

  it('are listed, and others are not found', async () => {
    const projections = await client().listProjections();
    expect(projections.map((projection) => projection.name)).toEqual(
      expect.arrayContaining(['$by_category', '$by_event_type']),
    );
    await expect(client().enableProjection(name('none'))).rejects.toThrow(NotFoundError);
  });
});
