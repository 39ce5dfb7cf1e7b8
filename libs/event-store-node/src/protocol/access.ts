import { createHash, timingSafeEqual } from 'node:crypto';
import { status, type UntypedServiceImplementation } from '@grpc/grpc-js';
import { RpcError } from './rpc-error.js';

export interface AccessOptions {
  readonly adminPassword: string;
  /** Whether calls without credentials are refused. */
  readonly required: boolean;
}

const ADMIN = 'admin';
const ANONYMOUS = 'anonymous';

/** Who may call: the one administrator and, unless credentials are required, everybody. */
export class Access {
  private readonly expected: Buffer;

  constructor(private readonly options: AccessOptions) {
    this.expected = digest(`${ADMIN}:${options.adminPassword}`);
  }

  /**
   * The user whom an `Authorization: Basic` header stands for.
   * @throws {RpcError} when it is wrong, or missing and required.
   */
  userOf(authorization: string | undefined): string {
    if (authorization === undefined) {
      if (this.options.required) throw unauthenticated('The event store asks for credentials.');
      return ANONYMOUS;
    }
    const [scheme = '', encoded = ''] = authorization.split(' ', 2);
    const given = Buffer.from(encoded, 'base64').toString();
    if (scheme.toLowerCase() !== 'basic' || !timingSafeEqual(digest(given), this.expected)) {
      throw unauthenticated('The user or the password is wrong.');
    }
    return ADMIN;
  }

  /** The same service for those who may call it. */
  guard(service: UntypedServiceImplementation): UntypedServiceImplementation {
    return Object.fromEntries(
      Object.entries(service).map(([name, handle]) => [
        name,
        guarded(handle as Handler, (call) => this.callerOf(call)),
      ]),
    );
  }

  callerOf(call: MetadataOfCall): string {
    const [authorization] = call.metadata.get('authorization');
    return this.userOf(authorization?.toString());
  }
}

interface MetadataOfCall {
  readonly metadata: { get(name: string): readonly (string | Buffer)[] };
}

interface Call extends MetadataOfCall {
  emit(event: 'error', error: RpcError): boolean;
}

type Handler = (call: Call, respond?: (error: RpcError) => void) => void;

function guarded(handle: Handler, check: (call: Call) => unknown): Handler {
  return (call, respond) => {
    try {
      check(call);
    } catch (error) {
      if (!(error instanceof RpcError)) throw error;
      if (respond) respond(error);
      else call.emit('error', error);
      return;
    }
    handle(call, respond);
  };
}

const unauthenticated = (details: string): RpcError => new RpcError(status.UNAUTHENTICATED, details);

/** Of equal length whatever was given, as comparing in constant time needs. */
const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
