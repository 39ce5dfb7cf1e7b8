import { DocumentBuilder, SwaggerModule } from '@nestjs/swagger';
import type { INestApplication } from '@nestjs/common';
import { ProblemDto } from '../openapi/problem.dto.js';
import { withAnswerSchemas } from './answer-schemas.js';

/** The description at `/docs-json` and its reader at `/docs`, which needs nothing from elsewhere. */
export function serveDocs(app: INestApplication, version: string): void {
  const config = new DocumentBuilder()
    .setTitle('Seat Ledger')
    .setDescription('Billing and seats of per-seat subscriptions: every cent and every seat traced to its events.')
    .setVersion(version)
    .addBearerAuth({ type: 'http', scheme: 'bearer', bearerFormat: 'JWT' })
    .build();
  SwaggerModule.setup(
    'docs',
    app,
    () =>
      withAnswerSchemas(
        SwaggerModule.createDocument(app, config, { extraModels: [ProblemDto], autoTagControllers: false }),
      ),
    { jsonDocumentUrl: 'docs-json', customSiteTitle: 'Seat Ledger', swaggerOptions: { persistAuthorization: true } },
  );
}
