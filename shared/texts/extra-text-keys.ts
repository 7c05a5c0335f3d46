/** Sentences of the widget's parts that are fetched when they are first shown. They come in a file of their own a language. */
export interface ExtraTexts {
  detailsWhy: string;
  name: string;
  phone: string;
  email: string;
  optional: string;
  save: string;
  cancel: string;
  invalidPhone: string;
  invalidEmail: string;
  conversations: string;
  ended: string;
  noPreview: string;

  attach: string;
  attachHint: string;
  dropHere: string;
  chosenFiles: string;
  removeFile: string;
  fileProgress: string;
  fileReady: string;
  fileWaiting: string;
  fileHeldHere: string;
  fileTooLarge: string;
  fileKind: string;
  fileTooMany: string;
  fileLost: string;
  fileRefused: string;
  openPicture: string;
  picture: string;
  previous: string;
  next: string;
  download: string;
  close: string;
  emoji: string;
  emojiRecent: string;
  emojiFaces: string;
  emojiHands: string;
  emojiHearts: string;
  emojiNature: string;
  emojiThings: string;
}
