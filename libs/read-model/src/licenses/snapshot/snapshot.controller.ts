import { Controller, Get } from '@nestjs/common';
import { ApiOkResponse, ApiOperation } from '@nestjs/swagger';
import type { Readable } from 'node:stream';
import { answer, QueryApi, type Answer } from '#http';
import { examples } from '../../examples.js';
import { LicenseSnapshots } from './license-snapshots.js';

const exampleHead = { position: 'AAAAAAAAAB4AAAAAAAAAHg' };
const exampleLine = { ...examples.license, sequence: '0000000008' };

@Controller('v1/licenses/snapshot')
@QueryApi('Downstream')
export class SnapshotController {
  constructor(private readonly snapshots: LicenseSnapshots) {}

  @Get()
  @ApiOperation({
    summary: 'Every license, and where to go on',
    description:
      'A line of JSON with the `position`, then a line for each license as it stood there: ' +
      'as `GET /v1/licenses/{licenseId}` answers it, with the `sequence` of the last event that it holds. Go on with ' +
      '`GET /v1/events?after=<position>`: nothing is left out and nothing comes twice.',
  })
  @ApiOkResponse({
    content: {
      'application/x-ndjson': {
        schema: { type: 'string' },
        example: `${JSON.stringify(exampleHead)}\n${JSON.stringify(exampleLine)}\n`,
      },
    },
  })
  async snapshot(): Promise<Answer<Readable>> {
    const { position, lines } = await this.snapshots.take();
    return answer(lines.read(), {
      type: 'application/x-ndjson',
      // With the length, a client knows an answer that was cut short.
      headers: { 'content-length': String(lines.bytes), 'ledger-position': position },
    });
  }
}
