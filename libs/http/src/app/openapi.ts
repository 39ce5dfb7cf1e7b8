import { DocumentBuilder, SwaggerModule, type OpenAPIObject } from '@nestjs/swagger';
import type { INestApplication } from '@nestjs/common';
import { ProblemDto } from '../openapi/problem.dto.js';
import { withAnswerSchemas } from './answer-schemas.js';

/** Adds to the description what others know of the routes. */
export type Completing = (document: OpenAPIObject) => void;

/** The description at `/docs-json` and its reader at `/docs`, which needs nothing from elsewhere. */
export function serveDocs(app: INestApplication, version: string, complete?: Completing): void {
  SwaggerModule.setup('docs', app, () => describe(app, version, complete), {
    jsonDocumentUrl: 'docs-json',
    customSiteTitle: 'Seat Ledger',
    swaggerOptions: { persistAuthorization: true },
  });
}

/** The description of every route of the application's controllers. */
export function describe(app: INestApplication, version: string, complete?: Completing): OpenAPIObject {
  const config = new DocumentBuilder()
    .setTitle('Seat Ledger')
    .setDescription('Billing and seats of per-seat subscriptions: every cent and every seat traced to its events.')
    .setVersion(version)
    .addBearerAuth({ type: 'http', scheme: 'bearer', bearerFormat: 'JWT' })
    .build();
  const document = withAnswerSchemas(
    SwaggerModule.createDocument(app, config, { extraModels: [ProblemDto], autoTagControllers: false }),
  );
  complete?.(document);
  return document;
}
