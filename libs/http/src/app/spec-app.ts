import type { DynamicModule } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { createApplication } from './application.js';
import { HttpModule } from './http.module.js';

/** The whole interface around what a specification brings, for `app.inject`. */
export async function specApp(parts: Omit<DynamicModule, 'module'>): Promise<NestFastifyApplication> {
  const app = await createApplication({ module: HttpModule, ...parts }, { version: '0.0.0', logger: false });
  return app.init();
}
