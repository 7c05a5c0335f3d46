export const TAGS_MAX = 50;
