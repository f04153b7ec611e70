import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { resolve } from 'node:path';
import { AUDIT_OPERATIONS } from './auditOperations';
import { resEdgePermissions } from '../permissions';
import { openapiDocument } from '../generated/openapiDocument';

const packageFolder = resolve(__dirname, '../..');

// A busy machine takes its time.
jest.setTimeout(60_000);

describe('what is generated from the OpenAPI document', () => {
  it('is current', async () => {
    const check = promisify(execFile)(
      process.execPath,
      ['scripts/generateApi.mjs', '--check'],
      { cwd: packageFolder },
    );
    await expect(check).resolves.toMatchObject({ stderr: '' });
  });

  it('lists all operations of the audit log', () => {
    const { AuditOperation } = openapiDocument.components.schemas as Record<
      string,
      { enum?: string[] }
    >;
    expect(AUDIT_OPERATIONS).toEqual(AuditOperation.enum);
  });

  it('names permissions that exist on each operation', () => {
    const known = resEdgePermissions.map(({ name }) => name);
    const operations = Object.values(openapiDocument.paths).flatMap(path =>
      Object.values(path),
    );
    expect(operations.length).toBeGreaterThan(0);
    for (const operation of operations) {
      expect(operation['x-permission']).not.toEqual([]);
      expect(known).toEqual(expect.arrayContaining(operation['x-permission']));
    }
  });
});
