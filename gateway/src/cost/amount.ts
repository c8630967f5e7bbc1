/** Variables as the client sent them, with the operation's defaults for those that it did not send. */
export type Variables = Readonly<Record<string, unknown>>;

/** A figure of an operation: constant, or a function of a request's variables. */
export type Amount = number | ((variables: Variables) => number);

export const amountOf = (amount: Amount, variables: Variables): number =>
  typeof amount === 'number' ? amount : amount(variables);

/** Adds constants at once. */
export function sum(amounts: readonly Amount[]): Amount {
  let known = 0;
  const open: ((variables: Variables) => number)[] = [];
  for (const amount of amounts) {
    if (typeof amount === 'number') known += amount;
    else open.push(amount);
  }
  if (open.length === 0) return known;
  return (variables) => open.reduce((total, amount) => total + amount(variables), known);
}

export function product(one: Amount, other: Amount): Amount {
  if (typeof one === 'number' && typeof other === 'number') return one * other;
  if (one === 0 || other === 0) return 0;
  return (variables) => amountOf(one, variables) * amountOf(other, variables);
}
