import { Directive } from 'type-graphql';

/**
 * On a field or type: the cost of one, where an object costs 1 and a scalar 0. The gateway adds up the costs before an
 * operation runs (IBM GraphQL cost specification). A unit is a few microseconds of work here.
 */
export const Cost = (weight: number) => Directive(`@cost(weight: ${weight})`);

interface ListSizeOptions {
  /** How many items to expect, where no argument limits them. */
  readonly assumed?: number;
  /** How many nodes a connection's page has when neither `first` nor `last` is given. */
  readonly page?: number;
  /** The field of an input object that limits the list: `input.maxPoints`. Other routers use `assumed`. */
  readonly inputField?: string;
  /** The fields of a connection, one level below, that have this length. */
  readonly of?: readonly string[];
}

/** On a field: the length of its list, or of the lists in the connection that it returns. */
export function ListSize({ assumed, page, inputField, of }: ListSizeOptions) {
  const given = [
    (assumed ?? page) !== undefined && `assumedSize: ${assumed ?? page}`,
    page !== undefined && 'slicingArguments: ["first", "last"]',
    // Both arguments may be absent. The subgraph rejects both together.
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

/** Composition rejects fields of input objects in `@listSize(slicingArguments:)`. */
export const SLICING_INPUT = `extend schema
  @link(url: "https://affluent.invalid/listSizes/v0.1", import: ["@slicingInput"])
  @composeDirective(name: "@slicingInput")

"""
The argument and its field, "input.maxPoints", that say how long the lists of \`@listSize\` are.
"""
directive @slicingInput(path: String!) on FIELD_DEFINITION

`;
