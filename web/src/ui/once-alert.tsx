import { Alert } from '@mantine/core';

const focus = (element: HTMLElement | null): void => element?.focus();

/** Warns that the value below is shown only once. Takes the focus, because the button that had it is gone. */
export function OnceAlert({ text }: { readonly text: string }) {
  return (
    <Alert color="yellow" tabIndex={-1} ref={focus}>
      {text}
    </Alert>
  );
}
