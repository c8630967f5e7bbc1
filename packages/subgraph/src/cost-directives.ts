import { Directive } from 'type-graphql';

/**
 * On a field or type: what one of it costs, where an object is 1 and a value is 0. The gateway adds it up before an
 * operation runs (IBM GraphQL cost specification). A unit is some microseconds of work here.
 */
export const Cost = (weight: number) => Directive(`@cost(weight: ${weight})`);

interface ListSizeOptions {
  /** How many items there usually are, where no argument says it. */
  readonly assumed?: number;
  /** How many nodes a connection's page has when neither `first` nor `last` is given. */
  readonly page?: number;
  /** A field of an input object that says it, `input.maxPoints`. Routers that do not know it go by `assumed`. */
  readonly inputField?: string;
  /** The lists of a connection, one level below, that are so long. */
  readonly of?: readonly string[];
}

/** On a field: how long its list is, or the lists of the connection that it returns. */
export function ListSize({ assumed, page, inputField, of }: ListSizeOptions) {
  const given = [
    (assumed ?? page) !== undefined && `assumedSize: ${assumed ?? page}`,
    page !== undefined && 'slicingArguments: ["first", "last"]',
    // Both arguments may be absent. Where both are given, the subgraph refuses them.
    page !== undefined && 'requireOneSlicingArgument: false',
    of && `sizedFields: [${of.map((name) => `"${name}"`).join(', ')}]`,
  ];
  const listSize = Directive(`@listSize(${given.filter(Boolean).join(', ')})`);
  if (inputField === undefined) return listSize;
  const slicingInput = Directive(`@slicingInput(path: "${inputField}")`);
  const both = (prototype: object, key: string | symbol): void => {
    slicingInput(prototype, key);
    listSize(prototype, key);
  };
  return both;
}

/** `@listSize(slicingArguments:)` names arguments only: composition refuses fields of input objects there. */
export const SLICING_INPUT = `extend schema
  @link(url: "https://affluent.invalid/listSizes/v0.1", import: ["@slicingInput"])
  @composeDirective(name: "@slicingInput")

"""
The argument and its field, "input.maxPoints", that say how long the lists of \`@listSize\` are.
"""
directive @slicingInput(path: String!) on FIELD_DEFINITION

`;
