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
  /** The lists of a connection, one level below, that are so long. */
  readonly of?: readonly string[];
}

/** On a field: how long its list is, or the lists of the connection that it returns. */
export function ListSize({ assumed, page, of }: ListSizeOptions) {
  const given = [
    (assumed ?? page) !== undefined && `assumedSize: ${assumed ?? page}`,
    page !== undefined && 'slicingArguments: ["first", "last"]',
    // Both arguments may be absent. Where both are given, the subgraph refuses them.
    page !== undefined && 'requireOneSlicingArgument: false',
    of && `sizedFields: [${of.map((name) => `"${name}"`).join(', ')}]`,
  ];
  return Directive(`@listSize(${given.filter(Boolean).join(', ')})`);
}
