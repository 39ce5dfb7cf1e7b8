import { HttpException } from '@nestjs/common';
import { CommandBus, type ICommand } from '@nestjs/cqrs';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { Logger } from 'pino';
import { Metrics } from './metrics.js';

/** Measures every request, and writes a line for it where the log is that fine. */
export function observeRequests(app: NestFastifyApplication, logger: Logger): void {
  const { requests } = app.get(Metrics);
  app
    .getHttpAdapter()
    .getInstance()
    .addHook('onResponse', (request, reply, done) => {
      const { method, routeOptions, id } = request;
      // Of a request that no route takes, the path is the stranger's: it would make a new series each time.
      const route = routeOptions.url ?? '(none)';
      const status = reply.statusCode;
      requests.observe({ method, route, status }, reply.elapsedTime / 1_000);
      logger.debug({ method, route, status, requestId: id, durationMs: Math.round(reply.elapsedTime) }, 'request');
      done();
    });
}

/** Measures every command. */
export function observeCommands(app: NestFastifyApplication): void {
  const { commands } = app.get(Metrics);
  const bus: CommandBus = app.get(CommandBus, { strict: false });
  const execute = bus.execute.bind(bus);
  bus.execute = async <R>(command: ICommand): Promise<R> => {
    const end = commands.startTimer({ command: command.constructor.name });
    try {
      const answer = await execute<ICommand, R>(command);
      end({ outcome: 'accepted' });
      return answer;
    } catch (error) {
      end({ outcome: error instanceof HttpException && error.getStatus() < 500 ? 'refused' : 'failed' });
      throw error;
    }
  };
}
