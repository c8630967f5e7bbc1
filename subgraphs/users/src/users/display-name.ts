/** In code points. */
export const MAX_DISPLAY_NAME = 80;
