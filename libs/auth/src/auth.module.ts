import { Global, Module, type DynamicModule } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import { AuthGuard } from './guard/auth.guard.js';
import { JwksController } from './jwks.controller.js';
import { identityProviderOf, type AuthOptions } from './tokens/auth-options.js';
import { PublishedKeys } from './tokens/published-keys.js';
import { openSigningKey } from './tokens/signing-key.js';
import { TokenVerifier } from './tokens/token-verifier.js';

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

async function openVerifier(options: AuthOptions, published: PublishedKeys): Promise<TokenVerifier> {
  const provider = identityProviderOf(options);
  if (provider !== undefined) return TokenVerifier.forProvider(provider);
  const key = await openSigningKey(options.dataDir, 'access-tokens');
  published.publish(key.publicJwk);
  return TokenVerifier.forLocalKey(key);
}
