import { yamlDocuments } from '@res-edge/backstage-plugin-res-edge-engine';
import { RawRecord } from './ImportRecord';

/** Reads the documents of a YAML stream, without aliases; empty ones are passed over. @internal */
export function* readYaml(content: string): Generator<RawRecord> {
  for (const document of yamlDocuments(content, { maxAliases: 0 })) {
    const { line, value, problem, head } = document;
    if (problem) {
      yield {
        line: problem.line,
        value: { kind: head.kind, metadata: { name: head.name } },
        problem: { message: problem.message },
      };
    } else if (value !== undefined && value !== null) {
      yield { line, value };
    }
  }
}
