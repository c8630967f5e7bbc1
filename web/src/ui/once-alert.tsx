import { Alert } from '@mantine/core';

const focus = (element: HTMLElement | null): void => element?.focus();

/** Says that what stands below is shown this once. Takes the focus, since what the person pressed is gone. */
export function OnceAlert({ text }: { readonly text: string }) {
  return (
    <Alert color="yellow" tabIndex={-1} ref={focus}>
      {text}
    </Alert>
  );
}
