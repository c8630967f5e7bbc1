import {
  type FieldNode,
  getDirectiveValues,
  getNamedType,
  GraphQLError,
  GraphQLIncludeDirective,
  type GraphQLInterfaceType,
  type GraphQLNamedType,
  type GraphQLOutputType,
  type GraphQLSchema,
  GraphQLSkipDirective,
  type GraphQLUnionType,
  isCompositeType,
  isEnumType,
  isInterfaceType,
  isListType,
  isNonNullType,
  isObjectType,
  type SelectionNode,
  type SelectionSetNode,
} from 'graphql';

import type { Operation } from '../ast/operation.ts';
import { collectFields, type DeferredSet, type KnownType } from './collect-fields.ts';
import type { Entity } from './entities.ts';
import type { PlanKeys } from './plan-keys.ts';

type Path = readonly (string | number)[];

/** A field of the answer, for one type of object. */
export interface FieldShape {
  readonly key: string;
  /** Its key in fetched data. */
  readonly planKey: string;
  readonly nodes: readonly [FieldNode, ...FieldNode[]];
  readonly type: GraphQLOutputType;
  readonly parentName: string;
  /** Of GraphQL's own `__typename`, `__schema` and `__type`. */
  readonly meta: 'type name' | 'introspection' | undefined;
  /** The selections on an object, by the name of its type. Filled as types occur. */
  readonly below: Map<string, ObjectShape | null>;
}

/** The selections on an object of one type. */
interface ObjectShape {
  readonly fields: readonly FieldShape[];
  readonly deferred: readonly DeferredShape[];
}

interface DeferredShape extends DeferredSet {
  /** Computed on first use. */
  shape?: ObjectShape | null;
}

/** An object a part of which comes later. */
export interface DeferredPlace {
  readonly label: string;
  /** Path in the client's answer. */
  readonly path: Path;
  readonly object: Entity;
  readonly type: KnownType;
  readonly later: DeferredShape;
}

interface ShapeOptions {
  readonly schema: GraphQLSchema;
  readonly operation: Operation;
  /** Values of the variables in `@skip` and `@include`. */
  readonly conditions: Readonly<Record<string, boolean>>;
  readonly planKeyOf: PlanKeys['keyOf'];
}

/** Shapes the data of a plan as the client's operation selects it. */
export interface AnswerShape {
  readonly apply: (data: Entity) => ShapedAnswer;
  /** Shapes a deferred part once it has been fetched. */
  readonly applyLater: (place: DeferredPlace) => ShapedAnswer;
  /** The introspection fields, which no subgraph answers. */
  readonly introspection: readonly FieldNode[];
  /**
   * The first field that subgraphs must answer and the plan does not fetch. Fields that only some types of an interface or union
   * have are left out.
   *
   * @param planned - the paths that the plan fetches (`planned-fields.ts`).
   */
  readonly findUnplanned: (planned: ReadonlySet<string>) => FieldShape | undefined;
}

interface ShapedAnswer {
  readonly data: Entity | null;
  /** Values that the schema does not allow. */
  readonly errors: readonly GraphQLError[];
  /** Objects parts of which come later. */
  readonly deferred: readonly DeferredPlace[];
}

/** Stands for null where the type does not allow it: the value around it becomes null too. */
const INVALID = Symbol('invalid');

/**
 * The shape of an operation's answer (GraphQL specification, 6.3 and 6.4): fields under their response keys in the order of the
 * operation, without the fields that were fetched for the plan's own use, and null where a required value is missing. It is
 * computed once for an operation, type by type as they occur.
 */
export function shapeOf({ schema, operation, conditions, planKeyOf }: ShapeOptions): AnswerShape {
  const { definition, rootType, fragments } = operation;
  const isIncluded = ({ directives }: SelectionNode): boolean =>
    !directives?.length ||
    (getDirectiveValues(GraphQLSkipDirective, { directives }, conditions)?.if !== true &&
      getDirectiveValues(GraphQLIncludeDirective, { directives }, conditions)?.if !== false);

  const shapeType = (
    sets: readonly (SelectionSetNode | undefined)[],
    type: KnownType,
    deferred?: DeferredSet[],
  ): ObjectShape | null => {
    const nodes = new Map<string, [FieldNode, ...FieldNode[]]>();
    const collector = {
      schema,
      fragments,
      isIncluded,
      nodes,
      deferred,
      dependsOnObjectType: false,
    };
    for (const set of sets) if (set) collectFields(collector, set, type, new Set());
    if (collector.dependsOnObjectType) return null;
    const fields = [...nodes].flatMap(
      ([key, fieldNodes]) => fieldShape({ schema, planKeyOf }, type, key, fieldNodes) ?? [],
    );
    return { fields, deferred: deferred ?? [] };
  };
  /** Null when the selections depend on the object's own type and only an interface of it is known. */
  const below = (field: FieldShape, type: KnownType): ObjectShape | null => {
    const known = field.below.get(type.name);
    if (known !== undefined) return known;
    const shape = shapeType(
      field.nodes.map(({ selectionSet }) => selectionSet),
      type,
      [],
    );
    field.below.set(type.name, shape);
    return shape;
  };

  const findUnplanned = (
    planned: ReadonlySet<string>,
    { fields }: ObjectShape,
    at = '',
  ): FieldShape | undefined => {
    for (const field of fields) {
      if (field.meta) continue;
      const place = at + field.planKey;
      if (!planned.has(place)) return field;
      const type = getNamedType(field.type);
      const inside = isObjectType(type) || isInterfaceType(type) ? below(field, type) : null;
      const found = inside && findUnplanned(planned, inside, `${place}.`);
      if (found) return found;
    }
    return undefined;
  };

  const applyTo = (
    shape: ObjectShape,
    objectType: KnownType,
    data: Entity,
    start: Path,
  ): ShapedAnswer => {
    const errors: GraphQLError[] = [];
    const deferred: DeferredPlace[] = [];
    const path = [...start];
    const fail = (message: string): null => {
      errors.push(new GraphQLError(message, { path: [...path] }));
      return null;
    };

    const complete = (field: FieldShape, type: GraphQLOutputType, value: unknown): unknown => {
      if (isNonNullType(type)) {
        const before = errors.length;
        const completed = complete(field, type.ofType, value);
        if (completed !== null) return completed;
        if (errors.length === before)
          fail(
            `Cannot return null for non-nullable field ${field.parentName}.${field.nodes[0].name.value}.`,
          );
        return INVALID;
      }
      if (value === null || value === undefined) return null;
      if (isListType(type)) {
        if (!Array.isArray(value)) return fail('A list was expected.');
        return completeList(field, type.ofType, value);
      }
      if (isEnumType(type)) {
        const isKnown = typeof value === 'string' && type.getValue(value);
        return isKnown ? value : fail(`${type.name} has no such value.`);
      }
      if (!isCompositeType(type)) return value;
      if (typeof value !== 'object') return fail(`An object of ${type.name} was expected.`);
      const object = value as Entity;
      const known = isObjectType(type) ? type : knownTypeOf(schema, type, object);
      const shape = known && below(field, known);
      if (!shape) {
        errors.push(untyped(type, [...path]));
        return null;
      }
      return completeObject(shape, known, object);
    };
    const completeList = (
      field: FieldShape,
      itemType: GraphQLOutputType,
      items: readonly unknown[],
    ) => {
      const completed = Array.from<unknown>({ length: items.length });
      const deferredBefore = deferred.length;
      for (let index = 0; index < items.length; index++) {
        path.push(index);
        const item = complete(field, itemType, items[index]);
        path.pop();
        if (item === INVALID) {
          deferred.length = deferredBefore;
          return null;
        }
        completed[index] = item;
      }
      return completed;
    };
    const completeObject = (shape: ObjectShape, type: KnownType, object: Entity): Entity | null => {
      const completed: Entity = {};
      const deferredBefore = deferred.length;
      for (const field of shape.fields) {
        const { key, planKey } = field;
        if (field.meta === 'type name') {
          completed[key] = type.name;
          continue;
        }
        path.push(key);
        const value = field.meta
          ? object[key]
          : complete(field, field.type, Object.hasOwn(object, planKey) ? object[planKey] : null);
        path.pop();
        if (value === INVALID) {
          // A missing object has no later parts.
          deferred.length = deferredBefore;
          return null;
        }
        completed[key] = value;
      }
      for (const later of shape.deferred)
        deferred.push({ label: later.label, path: [...path], object, type, later });
      return completed;
    };
    return { data: completeObject(shape, objectType, data), errors, deferred };
  };

  const whole = shapeType([definition.selectionSet], rootType) ?? NOTHING;
  const first = shapeType([definition.selectionSet], rootType, []) ?? NOTHING;
  return {
    introspection: whole.fields.flatMap(({ meta, nodes }) =>
      meta === 'introspection' ? nodes : [],
    ),
    findUnplanned: (planned) => findUnplanned(planned, whole),
    apply: (data) => applyTo(first, rootType, data, []),
    applyLater({ later, type, object, path }) {
      later.shape ??= shapeType([later.set], type, []);
      if (later.shape) return applyTo(later.shape, type, object, path);
      return { data: null, errors: [untyped(type, path)], deferred: [] };
    },
  };
}

const NOTHING: ObjectShape = { fields: [], deferred: [] };

const untyped = ({ name }: GraphQLNamedType, path: Path): GraphQLError =>
  new GraphQLError(`No subgraph said which type of ${name} this object is.`, { path });

function fieldShape(
  { schema, planKeyOf }: Pick<ShapeOptions, 'schema' | 'planKeyOf'>,
  parent: KnownType,
  key: string,
  nodes: readonly [FieldNode, ...FieldNode[]],
): FieldShape | undefined {
  const [first] = nodes;
  const name = first.name.value;
  const isMeta = name.startsWith('__');
  const type = isMeta ? schema.getQueryType() : parent.getFields()[name]?.type;
  if (!type) return undefined;
  const meta = isMeta ? (name === '__typename' ? 'type name' : 'introspection') : undefined;
  const planKey = planKeyOf(first);
  return { key, planKey, nodes, type, parentName: parent.name, meta, below: new Map() };
}

/** The type that the subgraph returned; the field's own interface where it returned none. */
function knownTypeOf(
  schema: GraphQLSchema,
  declared: GraphQLInterfaceType | GraphQLUnionType,
  { __typename }: Entity,
): KnownType | undefined {
  const type = typeof __typename === 'string' ? schema.getType(__typename) : declared;
  return isObjectType(type) || isInterfaceType(type) ? type : undefined;
}
