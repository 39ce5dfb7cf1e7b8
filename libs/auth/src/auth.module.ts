import { Global, Module, type DynamicModule } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import type { Settings } from '#platform';
import { AuthGuard } from './guard/auth.guard.js';
import { JwksController } from './jwks.controller.js';
import { identityProviderOf } from './tokens/identity-provider.js';
import { PublishedKeys } from './tokens/published-keys.js';
import { openSigningKey } from './tokens/signing-key.js';
import { TokenVerifier } from './tokens/token-verifier.js';

/** Where tokens come from: the identity provider where one is set, else the signing key of the data folder. */
export type AuthOptions = Pick<Settings, 'dataDir' | 'auth'>;

/** Guards every route of the application, and serves the key set; others add their keys to {@link PublishedKeys}. */
@Global()
@Module({})
export class AuthModule {
  static forRoot(options: AuthOptions): DynamicModule {
    return {
      module: AuthModule,
      controllers: [JwksController],
      providers: [
        PublishedKeys,
        {
          provide: TokenVerifier,
          inject: [PublishedKeys],
          useFactory: (published: PublishedKeys) => openVerifier(options, published),
        },
        { provide: APP_GUARD, useClass: AuthGuard },
      ],
      exports: [PublishedKeys],
    };
  }
}

async function openVerifier({ dataDir, auth }: AuthOptions, published: PublishedKeys): Promise<TokenVerifier> {
  if (auth !== undefined) return TokenVerifier.forProvider(identityProviderOf(auth));
  const key = await openSigningKey(dataDir, 'access-tokens');
  published.publish(() => Promise.resolve([key.publicJwk]));
  return TokenVerifier.forLocalKey(key);
}
