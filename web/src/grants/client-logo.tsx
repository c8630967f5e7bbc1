import { Avatar } from '@mantine/core';

interface ClientLogoProps {
  readonly name: string;
  /** Of our copy of its logo. */
  readonly path: string | null;
}

/** The picture of a program: its logo where it has one, else its initials. */
export function ClientLogo({ name, path }: ClientLogoProps) {
  return <Avatar src={path} name={name} alt="" size={40} radius="md" />;
}
