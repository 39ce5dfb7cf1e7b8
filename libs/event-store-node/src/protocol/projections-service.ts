import { status, type sendUnaryData, type ServerUnaryCall, type ServerWritableStream } from '@grpc/grpc-js';
import type { UntypedServiceImplementation } from '@grpc/grpc-js';
import type { Linker } from '../link-streams/linker.js';
import type { LinkStreams } from '../link-streams/link-streams.js';
import { RpcError } from './rpc-error.js';
import { answer } from './streams-service.js';

interface NamedMessage {
  readonly options: { readonly name: string } | null;
}

interface StatisticsMessage {
  readonly options: { readonly mode?: string; readonly name?: string } | null;
}

/** The two projections that link events, by the names that clients know; there are no others. */
export function projectionsService(links: LinkStreams): UntypedServiceImplementation {
  const find = (name: string | undefined): Linker => {
    const linker = links.find(name ?? '');
    if (linker) return linker;
    const known = links.names.join(' and ');
    throw new RpcError(status.NOT_FOUND, `There is no projection ${name}; this node has ${known} alone.`);
  };
  return {
    Enable(call: ServerUnaryCall<NamedMessage, object>, respond: sendUnaryData<object>) {
      void answer(async () => {
        await links.switchOn(find(call.request.options?.name));
        return {};
      }, respond);
    },
    Disable(call: ServerUnaryCall<NamedMessage, object>, respond: sendUnaryData<object>) {
      void answer(async () => {
        await links.switchOff(find(call.request.options?.name));
        return {};
      }, respond);
    },
    RestartSubsystem(_call: unknown, respond: sendUnaryData<object>) {
      void answer(async () => {
        await links.restart();
        return {};
      }, respond);
    },
    Statistics(call: ServerWritableStream<StatisticsMessage, object>) {
      try {
        const { mode, name } = call.request.options ?? {};
        const names = mode === 'name' ? [name] : ['all', 'continuous'].includes(mode ?? 'all') ? links.names : [];
        for (const one of names) call.write({ details: details(find(one)) });
        call.end();
      } catch (error) {
        call.emit('error', error);
      }
    },
  };
}

function details(linker: Linker): object {
  const { name } = linker.rule;
  const { position, linked } = linker.progress;
  return {
    name,
    effectiveName: name,
    status: linker.isRunning ? 'Running' : 'Stopped',
    mode: 'Continuous',
    position: `C:${position}/P:${position}`,
    lastCheckpoint: `C:${position}/P:${position}`,
    eventsProcessedAfterRestart: String(linked),
  };
}
