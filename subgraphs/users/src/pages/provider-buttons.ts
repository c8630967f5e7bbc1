import { html, type Markup } from './html.ts';
import type { Words } from './words/en.ts';

/** An outside identity provider that a page offers. */
export interface OfferedProvider {
  readonly id: string;
  readonly name: string;
}

/** A button for each outside identity provider. `action`: the first page of the interaction. */
export const providerButtons = (
  words: Words,
  action: string,
  providers: readonly OfferedProvider[] = [],
): Markup =>
  html.join(
    providers.map(
      ({ id, name }) =>
        html`<form method="post" action="${action}/with/${id}">
          <button type="submit" class="quiet">${words.continueWith(name)}</button>
        </form>`,
    ),
  );
