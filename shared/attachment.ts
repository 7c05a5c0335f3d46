/** A file that came with a message. */
export interface Attachment {
  id: string;
  /** As it was typed, without a path. */
  name: string;
  /** The media type that the server found in the content. */
  type: string;
  size: number;
  /** Where it is served: a path below the server's address. Whoever has it can read the file. */
  url: string;
  /** Of a picture, as it is seen: the space that it takes is known before it is loaded. */
  width?: number;
  height?: number;
}

/** What an upload is answered with. It becomes part of a conversation with the message that names its id. */
export type UploadedFile = Pick<Attachment, 'id' | 'name' | 'type' | 'size'>;

/** A file that a person has chosen, in the browser. `key` names it there, before the server has given it an id. */
export interface PendingFile extends Pick<Attachment, 'name' | 'type' | 'size' | 'width' | 'height'> {
  key: string;
  /** Of a file that lies at the server already, and of which the message gets a copy: where it is shown from. */
  url?: string;
}

/** Of one message. */
export const ATTACHMENTS_MAX = 10;

/**
 * What may be sent, as a file input's `accept` says it. Only a help for whoever chooses: the server looks into the content and
 * believes neither the name nor the type that it is told.
 */
export const ACCEPTED_FILES =
  'image/png,image/jpeg,image/gif,image/webp,image/avif,image/heic,.heic,.pdf,.csv,.txt,.doc,.docx,.xls,.xlsx,.ppt,.pptx,.odt,.ods,.odp,.rtf,.zip,audio/*,video/mp4,video/webm';

/** Whether every browser can show it where it stands. */
export function isPicture({ type, width }: Pick<Attachment, 'type' | 'width'>): boolean {
  return width !== undefined && /^image\/(png|jpeg|gif|webp|avif)$/.test(type);
}
