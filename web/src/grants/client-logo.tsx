import { Avatar } from '@mantine/core';

interface ClientLogoProps {
  readonly name: string;
  /** Path of our copy of its logo. */
  readonly path: string | null;
}

/** The logo of an app, or its initials. */
export function ClientLogo({ name, path }: ClientLogoProps) {
  return <Avatar src={path} name={name} alt="" size={40} radius="md" />;
}
