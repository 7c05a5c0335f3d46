/** The description of the API as a page for people: all of it in one document, which loads nothing. */
import { toHtmlText } from '../mail/html-text.ts';
import type { ApiDescription } from './api-description.ts';
import { docsScript, docsStyle } from './docs-look.ts';
import { type DocsTexts, docsTexts } from './texts/docs-texts.ts';

type Json = Record<string, unknown>;

interface Operation {
  operationId: string;
  summary: string;
  description?: string;
  tags: string[];
  security: Json[];
  parameters?: { name: string; in: string; required: boolean; schema: Json; description?: string }[];
  requestBody?: { content: Record<string, { schema: Json }> };
  responses: Record<string, { content?: Record<string, { schema: Json }> }>;
}

interface Place {
  method: string;
  address: string;
  operation: Operation;
}

/** `origin` is where the examples call. */
export function toDocsPage(description: ApiDescription, { language, origin }: { language: 'he' | 'en'; origin: string }): string {
  const texts = docsTexts[language];
  const places = Object.entries(description.paths).flatMap(([address, methods]) =>
    Object.entries(methods).map(([method, operation]): Place => ({ method, address, operation: operation as unknown as Operation })),
  );
  const groups = [...new Set(places.map(({ operation }) => operation.tags[0] ?? ''))].sort();
  const of = (group: string) => places.filter(({ operation }) => operation.tags[0] === group);
  const other = language === 'he' ? 'en' : 'he';
  return `<!doctype html>
<html lang="${language}" dir="${language === 'he' ? 'rtl' : 'ltr'}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>Kesher · ${texts.title}</title><style>${docsStyle}</style></head>
<body><div class="page"><nav aria-label="${texts.groups}"><strong>Kesher</strong><ul dir="ltr">${groups.map((group) => `<li><a href="#${group}">${group}</a></li>`).join('')}
<li><a href="#schemas">${texts.schemas}</a></li></ul></nav>
<main><div class="top"><h1>${texts.title}</h1><a href="/api/openapi.json">${texts.file}</a><a href="?language=${other}" lang="${other}">${texts.otherLanguage}</a></div>
<p>${texts.about}</p><p class="quiet" dir="ltr" lang="en">${toProse(description.info.description)}</p>
<input type="search" aria-label="${texts.search}" placeholder="${texts.search}"><p id="nothing" role="status" hidden>${texts.nothing}</p>
${groups
  .map(
    (group) =>
      `<section data-group id="${group}"><h2 dir="ltr">${group}</h2>${of(group)
        .map((place) => toPart(place, texts, origin))
        .join('')}</section>`,
  )
  .join('\n')}
<section id="schemas"><h2>${texts.schemas}</h2>${Object.entries(description.components.schemas)
    .map(
      ([name, schema]) =>
        `<details id="schema-${name}"><summary dir="ltr"><code>${name}</code></summary><div class="inside"><pre dir="ltr">${typeText(schema)}</pre></div></details>`,
    )
    .join('')}</section>
</main></div><script>${docsScript}</script></body></html>`;
}

function toPart({ method, address, operation }: Place, texts: DocsTexts, origin: string): string {
  const { operationId, summary, description, parameters = [], requestBody, responses } = operation;
  const [status, done] = Object.entries(responses).find(([code]) => code.startsWith('2')) ?? ['204', {}];
  const refused = Object.keys(responses).filter((code) => !code.startsWith('2'));
  const words = toHtmlText(`${method} ${address} ${summary}`.toLowerCase());
  return `<details id="${operationId}" data-words="${words}"><summary dir="ltr"><code class="method">${method.toUpperCase()}</code><code>${toHtmlText(address)}</code>
<span class="what" lang="en">${toProse(summary)}</span></summary><div class="inside">
${description ? `<p class="quiet" dir="ltr" lang="en">${toProse(description)}</p>` : ''}
${parameters.length > 0 ? `<h3>${texts.parameters}</h3><table dir="ltr">${parameters.map((one) => parameterRow(one, texts)).join('')}</table>` : ''}
${requestBody ? `<h3>${texts.body}</h3>${bodyText(requestBody, texts)}` : ''}
<h3>${texts.reply} (${status})</h3>${replyText(done, texts)}
<p class="quiet">${texts.refusals} <span dir="ltr">${refused.join(' · ')}</span></p>
<h3>${texts.example}</h3><div class="code" dir="ltr"><pre>${toHtmlText(curlOf({ method, address, operation }, origin))}</pre><button type="button" data-copied="${texts.copied}">${texts.copy}</button></div>
</div></details>`;
}

function parameterRow({ name, required, schema, description }: NonNullable<Operation['parameters']>[number], texts: DocsTexts): string {
  return `<tr><td><code>${toHtmlText(name)}</code>${required ? ` <span class="quiet">${texts.required}</span>` : ''}</td><td><code>${typeText(schema)}</code></td>
<td class="quiet">${toProse(description ?? '')}</td></tr>`;
}

function bodyText({ content }: NonNullable<Operation['requestBody']>, texts: DocsTexts): string {
  const json = content['application/json'];
  return json ? `<pre dir="ltr">${typeText(json.schema)}</pre>` : `<p>${texts.fileBody}</p>`;
}

function replyText({ content }: { content?: Record<string, { schema: Json }> }, texts: DocsTexts): string {
  if (!content) return `<p>${texts.noReply}</p>`;
  const json = content['application/json'];
  if (json && json.schema.format !== 'binary') return `<pre dir="ltr">${typeText(json.schema)}</pre>`;
  return `<p dir="ltr">${toHtmlText(Object.keys(content).join(', '))}</p>`;
}

function curlOf({ method, address, operation }: Place, origin: string): string {
  const body = operation.requestBody?.content;
  const isOpen = operation.security.length === 0;
  const lines = [
    `curl${method === 'get' ? '' : ` -X ${method.toUpperCase()}`} '${origin}${address}'`,
    ...(isOpen ? [] : [`-H 'Authorization: Bearer '"$TOKEN"`]),
    ...(body?.['application/json']
      ? [`-H 'Content-Type: application/json'`, `-d '${JSON.stringify(sampleOf(body['application/json'].schema))}'`]
      : []),
    ...(body?.['multipart/form-data'] ? ['-F file=@photo.png'] : []),
  ];
  return lines.join(' \\\n  ');
}

/** The least that the schema asks for. */
function sampleOf(schema: Json): unknown {
  if (schema.default !== undefined) return schema.default;
  if (schema.const !== undefined) return schema.const;
  if (Array.isArray(schema.enum)) return schema.enum[0];
  for (const key of ['anyOf', 'oneOf', 'allOf'] as const) {
    const [first] = (schema[key] as Json[] | undefined) ?? [];
    if (first) return sampleOf(first);
  }
  if (schema.type === 'object') {
    const { properties = {}, required = [] } = schema as { properties?: Record<string, Json>; required?: string[] };
    return Object.fromEntries(required.map((name) => [name, sampleOf(properties[name] ?? {})]));
  }
  if (schema.type === 'array') return [];
  if (schema.type === 'integer' || schema.type === 'number') return schema.minimum ?? 0;
  if (schema.type === 'boolean') return true;
  return String(schema.pattern ?? '').includes('{21}') ? 'V1StGXR8_Z5jdHi6B-myT' : '…';
}

/** As TypeScript writes a type, with links to what has a name of its own. Safe to stand in a page. */
function typeText(schema: Json, indent = ''): string {
  if (typeof schema.$ref === 'string') {
    const name = schema.$ref.replace(/^.*\//, '');
    return `<a href="#schema-${name}">${name}</a>`;
  }
  if (schema.const !== undefined) return toHtmlText(JSON.stringify(schema.const));
  if (Array.isArray(schema.enum)) return schema.enum.map((one) => toHtmlText(JSON.stringify(one))).join(' | ');
  for (const [key, sign] of [
    ['anyOf', ' | '],
    ['oneOf', ' | '],
    ['allOf', ' &amp; '],
  ] as const) {
    const parts = schema[key] as Json[] | undefined;
    if (parts) return parts.map((part) => typeText(part, indent)).join(sign);
  }
  if (Array.isArray(schema.type)) return schema.type.join(' | ');
  if (schema.type === 'array') return arrayText(schema, indent);
  if (schema.type === 'object') return objectText(schema, indent);
  return schema.type === 'integer' ? 'number' : String(schema.type ?? 'unknown');
}

function arrayText({ items, prefixItems }: Json, indent: string): string {
  if (Array.isArray(prefixItems)) return `[${prefixItems.map((one) => typeText(one as Json, indent)).join(', ')}]`;
  const inside = typeText((items as Json | undefined) ?? {}, indent);
  return /[|{]/.test(inside) && !inside.startsWith('{') ? `(${inside})[]` : `${inside}[]`;
}

function objectText(schema: Json, indent: string): string {
  const {
    properties,
    required = [],
    additionalProperties,
  } = schema as {
    properties?: Record<string, Json>;
    required?: string[];
    additionalProperties?: Json | boolean;
  };
  if (!properties)
    return `Record&lt;string, ${typeof additionalProperties === 'object' ? typeText(additionalProperties, indent) : 'unknown'}&gt;`;
  const deeper = `${indent}  `;
  const lines = Object.entries(properties).map(
    ([name, part]) => `${deeper}${toHtmlText(name)}${required.includes(name) ? '' : '?'}: ${typeText(part, deeper)};`,
  );
  return lines.length === 0 ? '{}' : `{\n${lines.join('\n')}\n${indent}}`;
}

/** What stands between backticks is said as code. */
function toProse(text: string): string {
  return toHtmlText(text).replace(/`([^`]+)`/g, '<code>$1</code>');
}
