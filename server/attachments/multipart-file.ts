/** The one file of a multipart request, on its way to where it is written. */
import type { IncomingHttpHeaders } from 'node:http';
import type { Readable, Writable } from 'node:stream';
import { Busboy, type BusboyFileStream } from '@fastify/busboy';
import { AppError } from '../../shared/errors.ts';

/** A sender from whom nothing comes for so long has gone. */
const SILENCE_MAX_MS = 20_000;

interface Upload {
  headers: IncomingHttpHeaders;
  body: Readable;
}

/** Writes the file and gives its name and size. Throws for whatever is not exactly one whole file within the limit. */
export function receiveFile({ headers, body }: Upload, bytesMax: number, to: Writable): Promise<{ name: string; size: number }> {
  const form = openForm(headers, bytesMax);
  return new Promise((resolve, reject) => {
    let received: BusboyFileStream | null = null;
    let name = '';
    let isWritten = false;
    let isFormRead = false;
    let silence: NodeJS.Timeout | undefined;

    const end = (error?: unknown) => {
      clearTimeout(silence);
      body.off('data', hear);
      body.unpipe(form);
      received?.unpipe(to);
      // What still comes is read and forgotten, so that the sender gets to hear why.
      body.resume();
      if (error !== undefined) reject(error);
      else resolve({ name, size: received?.bytesRead ?? 0 });
    };
    const cutOff = () => end(invalid('the upload was cut off'));
    const hear = () => {
      clearTimeout(silence);
      silence = setTimeout(cutOff, SILENCE_MAX_MS);
    };
    const endIfWhole = () => {
      if (isFormRead && isWritten) end();
    };

    to.on('error', end);
    to.on('finish', () => {
      isWritten = true;
      endIfWhole();
    });
    form.on('file', (_field, file, given) => {
      received = file;
      name = given ?? '';
      file.once('limit', () => end(tooLarge(bytesMax)));
      file.on('error', cutOff);
      file.pipe(to);
    });
    form.on('filesLimit', () => end(invalid('one file at a time')));
    form.on('partsLimit', () => end(invalid('too many parts')));
    form.on('fieldsLimit', () => end(invalid('too many fields')));
    form.on('error', cutOff);
    form.on('finish', () => {
      isFormRead = true;
      if (received) endIfWhole();
      else end(invalid('there is no file in it'));
    });
    body.on('error', cutOff);
    body.on('close', () => {
      if (!(body as { complete?: boolean }).complete) cutOff();
    });
    body.on('data', hear);
    hear();
    body.pipe(form);
  });
}

function openForm(headers: IncomingHttpHeaders, bytesMax: number) {
  const type = headers['content-type'];
  if (!type || !/^multipart\/form-data\b/i.test(type)) throw invalid('must be multipart/form-data');
  try {
    return new Busboy({
      headers: { ...headers, 'content-type': type },
      limits: {
        files: 1,
        fields: 5,
        parts: 6,
        fileSize: bytesMax,
        fieldSize: 1_000,
        fieldNameSize: 100,
        headerPairs: 20,
        headerSize: 8_192,
      },
      isPartAFile: (_field, _type, name) => name !== undefined,
    });
  } catch {
    throw invalid('the form cannot be read');
  }
}

export function tooLarge(bytesMax: number): AppError {
  return new AppError('too-large', `A file may have at most ${Math.floor(bytesMax / 1024 / 1024)} MB.`, { field: 'file' });
}

function invalid(why: string): AppError {
  return new AppError('invalid', `file: ${why}`, { field: 'file' });
}
