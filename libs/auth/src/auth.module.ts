import { Global, Module, type DynamicModule, type OnApplicationBootstrap, type Provider } from '@nestjs/common';
import { APP_GUARD, HttpAdapterHost } from '@nestjs/core';
import type { FastifyAdapter } from '@nestjs/platform-fastify';
import { routesOf } from '#http';
import type { Settings } from '#platform';
import { access } from './access/access.js';
import { Access, type AccessTable } from './access/access-table.js';
import { AuthGuard } from './guard/auth.guard.js';
import { Callers } from './guard/callers.js';
import { JwksController } from './jwks.controller.js';
import { ServiceKeyStore, type ServiceKeyPlace } from './service-keys/service-key-store.js';
import { ServiceKeysController } from './service-keys/service-keys.controller.js';
import { ServiceKeys } from './service-keys/service-keys.js';
import { identityProviderOf } from './tokens/identity-provider.js';
import { PublishedKeys } from './tokens/published-keys.js';
import { openSecret } from './tokens/secret.js';
import { openSigningKey } from './tokens/signing-key.js';
import { TokenVerifier } from './tokens/token-verifier.js';

/** Where tokens come from: the identity provider where one is set, else the signing key of the data folder. */
export interface AuthOptions extends Pick<Settings, 'dataDir' | 'auth'> {
  /** Where service keys are kept; without it there are none. */
  readonly serviceKeys?: ServiceKeyPlace;
}

/**
 * Guards every route of the application by the table of who may call it, and serves the key set; others add their keys to
 * {@link PublishedKeys}.
 */
@Global()
@Module({})
export class AuthModule implements OnApplicationBootstrap {
  constructor(
    private readonly host: HttpAdapterHost<FastifyAdapter>,
    private readonly access: Access,
  ) {}

  /** @throws Error, which ends the start, when a route is served that nothing says who may call. */
  onApplicationBootstrap(): void {
    this.access.check(routesOf(this.host.httpAdapter));
  }

  static forRoot(options: AuthOptions, table: AccessTable = access): DynamicModule {
    const keys = options.serviceKeys && keysIn(options.serviceKeys, options.dataDir);
    return {
      module: AuthModule,
      controllers: [JwksController, ...(keys ? [ServiceKeysController] : [])],
      providers: [
        PublishedKeys,
        { provide: Access, useValue: new Access(table) },
        {
          provide: TokenVerifier,
          inject: [PublishedKeys],
          useFactory: (published: PublishedKeys) => openVerifier(options, published),
        },
        ...(keys ? [keys] : []),
        {
          provide: Callers,
          inject: [TokenVerifier, { token: ServiceKeys, optional: true }],
          useFactory: (tokens: TokenVerifier, known?: ServiceKeys) => new Callers(tokens, known ?? null),
        },
        { provide: APP_GUARD, useClass: AuthGuard },
      ],
      exports: [PublishedKeys],
    };
  }
}

function keysIn(place: ServiceKeyPlace, dataDir: string): Provider {
  const open = async () => new ServiceKeys(new ServiceKeyStore(place), await openSecret(dataDir, 'service-keys'));
  return { provide: ServiceKeys, useFactory: open };
}

async function openVerifier({ dataDir, auth }: AuthOptions, published: PublishedKeys): Promise<TokenVerifier> {
  if (auth !== undefined) return TokenVerifier.forProvider(identityProviderOf(auth));
  const key = await openSigningKey(dataDir, 'access-tokens');
  published.publish(() => Promise.resolve([key.publicJwk]));
  return TokenVerifier.forLocalKey(key);
}
