/** Of an agent's picture, as the server takes it: the console cuts and shrinks it before. */
export const PHOTO_BYTES_MAX = 64 * 1024;
export const PHOTO_SIDE_MAX = 512;
