/** Reads a description of an API from the standard input and writes its types: openapi-typescript needs the compiler's older API. */
import { register } from 'node:module';
import { text } from 'node:stream/consumers';

const hooks = `export function resolve(name, context, next) { return next(name === 'typescript' ? 'typescript-5' : name, context); }`;
register(`data:text/javascript,${encodeURIComponent(hooks)}`, import.meta.url);
const { astToString, default: openapiTS } = await import('openapi-typescript');
process.stdout.write(astToString(await openapiTS(JSON.parse(await text(process.stdin)))));
