import { Avatar } from '@mantine/core';

interface ClientLogoProps {
  readonly name: string;
  readonly logoUri: string | null;
}

/** The picture of a program: its logo where it has one that loads, else its initials. */
export function ClientLogo({ name, logoUri }: ClientLogoProps) {
  return (
    <Avatar
      src={logoUri}
      name={name}
      alt=""
      size={40}
      radius="md"
      imageProps={{ referrerPolicy: 'no-referrer', loading: 'lazy' }}
    />
  );
}
