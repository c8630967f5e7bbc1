import type { Logger } from '@affluent/service';
import type { MikroORM } from '@mikro-orm/postgresql';
import type { default as Provider } from 'oidc-provider';

import type { Background } from '../background.ts';
import type { OutsideProviders } from '../identity-providers/outside-providers.ts';
import type { Mailer } from '../mail/mailer.ts';
import type { KnownDevices } from './known-devices.ts';

/** What the routes of the sign-in pages work with. */
export interface SignInServices {
  readonly provider: Provider;
  readonly orm: MikroORM;
  readonly log: Logger;
  readonly mailer: Mailer;
  readonly background: Background;
  readonly devices: KnownDevices;
  readonly outsideProviders: OutsideProviders;
  /** The origin that people open. */
  readonly publicUrl: string;
}
