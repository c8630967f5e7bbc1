import type { DeferNode, FetchNode, PlanNode, ResponsePath } from '@apollo/query-planner';
import { GraphQLError, type GraphQLFormattedError } from 'graphql';

import type { GatewayContext } from '../context.ts';
import {
  type Entity,
  type IsOfType,
  mergeInto,
  type Representation,
  representationOf,
} from './entities.ts';
import { fetchesOf } from './fetches-of-plan.ts';
import { fieldsOfFetch } from './fields-of-fetch.ts';
import type { PlanKeys } from './plan-keys.ts';
import { rewrite } from './rewrites.ts';
import type { Subgraphs } from './subgraph.ts';

interface PlanOptions {
  readonly subgraphs: Subgraphs;
  readonly isOfType: IsOfType;
  /** As the client sent them. The fetches themselves hold the defaults of the others. */
  readonly variables: Readonly<Record<string, unknown>>;
  /** Values of the variables in `@skip` and `@include`, defaults included. */
  readonly conditions: Readonly<Record<string, boolean>>;
  /** Whether the whole operation fetches from one subgraph only. */
  readonly isAlone: boolean;
  /** Response keys of the whole operation. A plan fetches more than these. */
  readonly responseKeys: () => ReadonlySet<string>;
  /** Translates paths of errors to the client's operation. */
  readonly toClientPath: PlanKeys['toClientPath'];
  readonly context: GatewayContext;
}

/** All data and errors of a plan's fetches, not in the order of the operation. */
interface PlanResult {
  readonly data: Entity;
  readonly errors: readonly GraphQLError[];
  /** By label: resolves with the errors of a deferred part once its data has been added. */
  readonly deferred: ReadonlyMap<string, Promise<readonly GraphQLError[]>>;
}

/** The objects of the answer that a node of the plan works on, and their path. */
interface Place {
  readonly entities: readonly Entity[];
  /** `@` stands for all indexes of a list. */
  readonly path: ResponsePath;
  /** Errors of the part of the answer that the node belongs to. */
  readonly errors: GraphQLError[];
}

type Path = readonly (string | number)[];

/** One error for each object of a long list costs more than it helps. */
const MAX_PLACES = 100;

/**
 * Runs a query plan of `@apollo/query-planner`: fetches from subgraphs in the order that the plan needs, each entity of a fetch
 * once. A failed fetch becomes an error with its path and the subgraph's name, and the others continue. Deferred parts are not
 * awaited.
 */
export async function executePlan(
  plan: PlanNode | undefined,
  options: PlanOptions,
): Promise<PlanResult> {
  const {
    subgraphs,
    isOfType,
    variables,
    conditions,
    isAlone,
    responseKeys,
    toClientPath,
    context,
  } = options;
  const data: Entity = {};
  const deferred = new Map<string, Promise<readonly GraphQLError[]>>();
  /** Deferred blocks wait for fetches of the blocks around them. */
  const fetched = new Map<string, PromiseWithResolvers<void>>();
  const whenFetched = (id: string): PromiseWithResolvers<void> => {
    const known = fetched.get(id) ?? Promise.withResolvers<void>();
    fetched.set(id, known);
    return known;
  };

  const run = async (node: PlanNode, place: Place): Promise<void> => {
    if (place.entities.length === 0) return;
    switch (node.kind) {
      case 'Sequence':
        for (const child of node.nodes) await run(child, place);
        return;
      case 'Parallel':
        await Promise.all(node.nodes.map((child) => run(child, place)));
        return;
      case 'Flatten': {
        const entities = place.entities.flatMap((entity) => entitiesAt(entity, node.path));
        return run(node.node, { ...place, entities, path: [...place.path, ...node.path] });
      }
      case 'Condition': {
        const branch = conditions[node.condition] ? node.ifClause : node.elseClause;
        return branch && run(branch, place);
      }
      case 'Fetch':
        try {
          await (node.requires ? fetchEntities(node, place) : fetchRoot(node, place));
        } catch (error) {
          for (const path of missingPaths(node, place))
            place.errors.push(asFetchError(error, node, toClientPath(path)));
        }
        if (node.id !== undefined) whenFetched(node.id).resolve();
        return;
      case 'Defer':
        for (const block of node.deferred) defer(block);
        return runBlock(node.primary.node, place);
    }
  };

  /** Releases the blocks that wait for fetches which never ran, because they had nothing to fetch. */
  const runBlock = async (node: PlanNode | undefined, place: Place): Promise<void> => {
    if (!node) return;
    try {
      await run(node, place);
    } finally {
      const own = node.kind === 'Defer' ? [] : fetchesOf(node);
      for (const { id } of own) if (id !== undefined) whenFetched(id).resolve();
    }
  };

  const defer = ({ depends, label, node }: DeferNode['deferred'][number]): void => {
    if (label === undefined) throw new Error('Deferred blocks are planned with labels.');
    const place = rootPlace();
    const block = Promise.all(depends.map(({ id }) => whenFetched(id).promise))
      .then(() => runBlock(node, place))
      .then(() => place.errors);
    // A rejection surfaces where the part is read, unless nothing reads it because its place is null.
    block.catch(() => {});
    deferred.set(label, block);
  };

  const ask = (
    { serviceName, operation, operationName, operationKind, variableUsages = [] }: FetchNode,
    own?: object,
  ) => {
    const used = Object.fromEntries(
      variableUsages
        .filter((name) => Object.hasOwn(variables, name))
        .map((name) => [name, variables[name]]),
    );
    const subgraph = subgraphs[serviceName];
    if (!subgraph) throw new Error(`No subgraph is named ${serviceName}`);
    const request = {
      query: operation,
      operationName,
      kind: operationKind,
      isAlone,
      variables: { ...used, ...own },
    };
    return subgraph(request, context);
  };

  const fetchRoot = async (node: FetchNode, { errors }: Place): Promise<void> => {
    const answer = await ask(node);
    for (const error of answer.errors ?? [])
      errors.push(located(error, node, error.path && toClientPath(error.path)));
    if (!answer.data) return;
    rewrite(node.outputRewrites, answer.data, isOfType);
    mergeInto(data, answer.data);
  };

  const fetchEntities = async (node: FetchNode, place: Place): Promise<void> => {
    const { entities, path, errors } = place;
    const { requires = [], inputRewrites, outputRewrites } = node;
    const asked = new Map<string, { representation: Representation; entities: Entity[] }>();
    for (const entity of entities) {
      const representation = representationOf(entity, requires, isOfType);
      if (!representation?.__typename) continue;
      rewrite(inputRewrites, representation, isOfType);
      const key = JSON.stringify(representation);
      const same = asked.get(key);
      if (same) same.entities.push(entity);
      else asked.set(key, { representation, entities: [entity] });
    }
    if (asked.size === 0) return;
    const groups = [...asked.values()];
    const answer = await ask(node, {
      representations: groups.map(({ representation }) => representation),
    });
    for (const error of answer.errors ?? []) {
      const [, index, ...rest] = error.path ?? [];
      const group = typeof index === 'number' ? groups[index] : undefined;
      const paths = group
        ? pathsTo(data, path, new Set(group.entities)).map(([at]) => [...at, ...rest])
        : missingPaths(node, place);
      for (const at of paths) errors.push(located(error, node, toClientPath(at)));
    }
    const received = answer.data?._entities;
    if (!answer.data) return;
    if (!Array.isArray(received) || received.length !== groups.length)
      throw new Error(`${node.serviceName} answered with other entities than were requested`);
    for (const [index, group] of groups.entries()) {
      const entity = received[index] as Entity | null;
      if (!entity) continue;
      rewrite(outputRewrites, entity, isOfType);
      for (const target of group.entities) mergeInto(target, entity);
    }
  };

  /** The fields without a value after a failed fetch; the object itself where the client selected none of them. */
  const missingPaths = (node: FetchNode, { entities, path }: Place): readonly Path[] => {
    const fieldsOf = fieldsOfFetch(node, isOfType);
    const { requires } = node;
    const asked = requires
      ? entities.filter((entity) => representationOf(entity, requires, isOfType)?.__typename)
      : entities;
    return pathsTo(data, path, new Set(asked))
      .slice(0, MAX_PLACES)
      .flatMap(([at, entity]) => {
        const fields = fieldsOf(entity.__typename).filter((key) => responseKeys().has(key));
        return fields.length > 0 ? fields.map((key) => [...at, key]) : [at];
      });
  };

  const rootPlace = (): Place => ({ entities: [data], path: [], errors: [] });
  const place = rootPlace();
  if (plan) await run(plan, place);
  return { data, errors: place.errors, deferred };
}

/** A subgraph's error with its path in the whole answer. */
const located = (
  { message, extensions }: GraphQLFormattedError,
  { serviceName }: FetchNode,
  path: Path | undefined,
): GraphQLError =>
  new GraphQLError(message, {
    ...(path && { path }),
    extensions: { ...extensions, serviceName },
  });

/** The failure of a fetch, with the path that stays without its answer. */
function asFetchError(error: unknown, { serviceName }: FetchNode, path: Path): GraphQLError {
  const known = error instanceof GraphQLError ? error : undefined;
  return new GraphQLError(known?.message ?? `The ${serviceName} service failed.`, {
    ...(path.length > 0 && { path }),
    extensions: { ...known?.extensions, serviceName },
    originalError:
      known?.originalError ?? (error instanceof Error ? error : new Error(String(error))),
  });
}

/** The objects at a path below another; none where it leads to null. */
function entitiesAt(value: unknown, path: ResponsePath, depth = 0): readonly Entity[] {
  if (typeof value !== 'object' || value === null) return [];
  const key = path[depth];
  if (key === undefined) return [value as Entity];
  if (key === '@')
    return Array.isArray(value) ? value.flatMap((item) => entitiesAt(item, path, depth + 1)) : [];
  return Object.hasOwn(value, key) ? entitiesAt((value as Entity)[key], path, depth + 1) : [];
}

/** The paths of these objects. Walks the whole answer, so it is only called for errors. */
function pathsTo(
  data: unknown,
  path: ResponsePath,
  wanted: ReadonlySet<Entity>,
): readonly (readonly [Path, Entity])[] {
  const walk = (value: unknown, at: Path, depth: number): (readonly [Path, Entity])[] => {
    if (typeof value !== 'object' || value === null) return [];
    const key = path[depth];
    const entity = value as Entity;
    if (key === undefined) return wanted.has(entity) ? [[at, entity]] : [];
    if (key === '@')
      return Array.isArray(value)
        ? value.flatMap((item, index) => walk(item, [...at, index], depth + 1))
        : [];
    return Object.hasOwn(value, key) ? walk(entity[key], [...at, key], depth + 1) : [];
  };
  return walk(data, [], 0);
}
