import { copyFile, readFile, writeFile } from 'node:fs/promises';

import { validate } from 'graphql';

import { breakingChanges } from './breaking-changes.ts';
import { knownOperations, RELEASED_WEB_DOCUMENTS, WEB_DOCUMENTS } from './known-operations.ts';
import { surfaceOf } from './surface.ts';
import { usedCoordinates } from './used-coordinates.ts';

const SUPERGRAPH = 'supergraph.graphql';
const RELEASED = 'released/supergraph.graphql';
const ACCEPTED = 'released/accepted-changes.json';

/** The message of each accepted change, with the reason for it. */
type AcceptedChanges = Readonly<Record<string, string>>;

/** Records the current graph and the web client's current operations as released. `root`: the repository. */
export async function releaseSchema(root: URL): Promise<void> {
  await copyFile(new URL(SUPERGRAPH, root), new URL(RELEASED, root));
  await copyFile(new URL(WEB_DOCUMENTS, root), new URL(RELEASED_WEB_DOCUMENTS, root));
  await writeAccepted(root, {});
}

/**
 * Current operations that the graph does not validate, and breaking changes since the release that have not been accepted, each
 * with the known operations that use what changed.
 */
export async function schemaProblems(root: URL): Promise<readonly string[]> {
  const { next, operations, released, changes } = await compare(root);
  const uses = operations.map(({ name, document }) => ({
    name,
    used: usedCoordinates(released.api, document),
  }));
  return [
    ...operations
      .filter(({ isReleased }) => !isReleased)
      .flatMap(({ name, document }) =>
        validate(next.api, document).map(({ message }) => `${name}: ${message}`),
      ),
    ...changes.map(({ message, concerns }) => {
      if (concerns === undefined) return `${message}. The gateway that runs the release needs it`;
      const broken = uses.filter(({ used }) => used.has(concerns)).map(({ name }) => name);
      return broken.length > 0
        ? `${message}. It breaks ${broken.join('; ')}`
        : `${message}. No known operation uses it`;
    }),
  ];
}

/** Accepts the present breaking changes until the next release, and records why. */
export async function acceptChanges(root: URL, why: string): Promise<void> {
  const { accepted, changes } = await compare(root);
  const more = Object.fromEntries(changes.map(({ message }) => [message, why]));
  await writeAccepted(root, { ...accepted, ...more });
}

async function compare(root: URL) {
  const read = (path: string): Promise<string> => readFile(new URL(path, root), 'utf8');
  const released = surfaceOf(await read(RELEASED));
  const next = surfaceOf(await read(SUPERGRAPH));
  const accepted = JSON.parse(await read(ACCEPTED)) as AcceptedChanges;
  const changes = (await breakingChanges(released, next)).filter(
    ({ message }) => !(message in accepted),
  );
  return { released, next, accepted, changes, operations: await knownOperations(root) };
}

const writeAccepted = (root: URL, accepted: AcceptedChanges): Promise<void> =>
  writeFile(new URL(ACCEPTED, root), `${JSON.stringify(accepted, null, 2)}\n`);
