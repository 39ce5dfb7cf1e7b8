import { Controller, Get, Param } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { asyncApiDocument, EVENT_TYPE_PREFIX, eventDataSchema, isPublicEventType, type JsonSchema } from '#contracts';
import { ApiProblems, notFound } from '#http';

const document = asyncApiDocument();

/** What the events look like. No secret, and needed before there is a token. */
@Controller('v1/events')
@ApiTags('Downstream')
export class CatalogueController {
  @Get('asyncapi.json')
  @ApiOperation({ summary: 'The catalogue of the events: AsyncAPI 3' })
  catalogue(): Readonly<Record<string, unknown>> {
    return document;
  }

  @Get('schemas/:name')
  @ApiOperation({
    summary: "The JSON Schema of an event's data",
    description: 'The name is the end of the `dataschema`: `seats-reduced.v1`.',
  })
  @ApiProblems('not-found')
  schema(@Param('name') name: string): JsonSchema {
    const type = EVENT_TYPE_PREFIX + name;
    if (!isPublicEventType(type)) throw notFound('There is no such type of event.');
    return eventDataSchema(type);
  }
}
