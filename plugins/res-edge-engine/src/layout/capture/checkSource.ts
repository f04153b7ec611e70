import {
  EdgeApplicationEntity,
  entityRefOf,
  Problem,
} from '@res-edge/backstage-plugin-res-edge-common';
import { ApplicationSource, FileMap } from '../../model';
import { byCodeUnit, bytesOf } from '../format/digest';
import { innerPath } from '../format/paths';
import { CAPTURE_FILE } from '../main/readCaptureFile';
import { chartEntityProblems } from './chart';
import { sourceField } from './sourceField';
import {
  isKustomization,
  kustomizationProblems,
} from './kustomizationProblems';

const MAX_FILES = 1000;
const MAX_FILE_BYTES = 1_000_000;
const MAX_TOTAL_BYTES = 10_000_000;

/**
 * What is wrong with a source before anything of it is built: it must be small and closed, so that a build reads
 * these files, runs nothing, and needs no network.
 *
 * @public
 */
export function checkSource(
  entity: EdgeApplicationEntity,
  source: ApplicationSource,
): Problem[] {
  const problems: Problem[] = [];
  const report = (field: string) => (message: string) =>
    problems.push({
      entity: entityRefOf('EdgeApplication', entity.metadata.name),
      field,
      message,
    });
  const reportSource = report(sourceField(entity));
  for (const { field, message } of chartEntityProblems(entity)) {
    report(field)(message);
  }
  checkFiles(source.files, reportSource);
  if (
    ![...source.files.keys()].some(
      path => !path.includes('/') && isKustomization(path),
    )
  ) {
    reportSource('the folder has no kustomization.yaml');
  }
  if (problems.length === 0) {
    for (const message of closedProblems(source.files)) reportSource(message);
  }
  checkFiles(source.patches, report('spec.overrides'), true);
  (entity.spec.overrides ?? []).forEach((override, index) => {
    for (const path of override.patches ?? []) {
      if (!source.patches.has(path)) {
        report(`spec.overrides[${index}].patches`)(
          `the file ${JSON.stringify(path)} was not found`,
        );
      }
    }
  });
  return problems;
}

/** What a folder of kustomize sources reaches that it must not. */
function closedProblems(files: FileMap): string[] {
  return [...files.keys()]
    .filter(isKustomization)
    .sort(byCodeUnit)
    .flatMap(path => kustomizationProblems(files, path));
}

function checkFiles(
  files: FileMap,
  report: (message: string) => void,
  anywhere = false,
) {
  if (files.size > MAX_FILES) {
    report(`has ${files.size} files; at most ${MAX_FILES} are captured`);
  }
  let total = 0;
  for (const [path, content] of files) {
    const { byteLength } = bytesOf(content);
    total += byteLength;
    if (byteLength > MAX_FILE_BYTES) {
      report(
        `${JSON.stringify(
          path,
        )} has ${byteLength} bytes; at most ${MAX_FILE_BYTES} are captured`,
      );
    }
    if (anywhere) continue;
    try {
      if (innerPath(path) !== path) {
        report(`the path ${JSON.stringify(path)} is not in its shortest form`);
      }
    } catch (error) {
      report((error as Error).message);
    }
    if (path.split('/').includes(CAPTURE_FILE)) {
      report(`the file name ${CAPTURE_FILE} is reserved`);
    }
    const parts = path.split('/');
    const file = parts
      .slice(0, -1)
      .findIndex((_, end) => files.has(parts.slice(0, end + 1).join('/')));
    if (file >= 0) {
      report(`${JSON.stringify(path)}: a folder on its way is a file too`);
    }
  }
  if (total > MAX_TOTAL_BYTES) {
    report(`has ${total} bytes; at most ${MAX_TOTAL_BYTES} are captured`);
  }
}
