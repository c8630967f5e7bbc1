import { Directive } from 'type-graphql';

/**
 * On a field or type: what one of it costs, where an object is 1 and a value is 0. The gateway adds it up before an
 * operation runs (IBM GraphQL cost specification). A unit is some microseconds of work here.
 */
export const Cost = (weight: number) => Directive(`@cost(weight: ${weight})`);

interface ListSizeOptions {
  /** How many items there usually are, where no argument says it. */
  readonly assumed?: number;
  /** The argument that says how many are asked for. */
  readonly argument?: string;
  /** The lists of a connection, one level below, that are so long. */
  readonly of?: readonly string[];
}

/** On a field: how long its list is, or the lists of the connection that it returns. */
export function ListSize({ assumed, argument, of }: ListSizeOptions) {
  const given = [
    assumed !== undefined && `assumedSize: ${assumed}`,
    argument && `slicingArguments: ["${argument}"]`,
    of && `sizedFields: [${of.map((name) => `"${name}"`).join(', ')}]`,
  ];
  return Directive(`@listSize(${given.filter(Boolean).join(', ')})`);
}
