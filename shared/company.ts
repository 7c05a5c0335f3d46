import * as z from 'zod';
import { fieldPatchSchema, fieldValuesSchema } from './custom-fields.ts';
import { idSchema } from './id.ts';
import { lineSchema } from './text.ts';

/** Those whom the business deals with through people. */
export const companySchema = z.object({
  id: idSchema,
  name: z.string(),
  domain: z.string().nullable(),
  phone: z.string().nullable(),
  website: z.string().nullable(),
  /** Its id in another system; no other company has it. */
  externalId: z.string().nullable(),
  /** The agent who looks after it. */
  ownerId: z.string().nullable(),
  values: fieldValuesSchema,
  /** How many customer files name it; more than a thousand are told as 1,000. */
  peopleCount: z.number(),
  createdAt: z.number(),
  updatedAt: z.number(),
});
export type Company = z.infer<typeof companySchema>;

const domainSchema = z
  .string()
  .trim()
  .toLowerCase()
  .max(253)
  .regex(/^(?=.*\.)[\p{L}\p{N}](?:[\p{L}\p{N}.-]*[\p{L}\p{N}])?$/u, 'must be a domain like example.com');
const websiteSchema = z
  .string()
  .trim()
  .max(2_048)
  .regex(/^https?:\/\/[^\s/?#@]+([/?#]\S*)?$/i, 'must be a web address');

const companyEdits = {
  domain: domainSchema.nullable().optional(),
  phone: lineSchema(40).nullable().optional(),
  website: websiteSchema.nullable().optional(),
  externalId: lineSchema(200).nullable().optional(),
  ownerId: idSchema.nullable().optional(),
  values: fieldPatchSchema.optional(),
};

export const companyCreateSchema = z.object({ id: idSchema, name: lineSchema(120), ...companyEdits });
export type CompanyCreateRequest = z.infer<typeof companyCreateSchema>;

/** `was` as in a customer file's patch: what the writer saw in what it changes. */
export const companyPatchSchema = z.object({
  name: lineSchema(120).optional(),
  ...companyEdits,
  was: z
    .object({
      name: z.string().max(120),
      domain: z.string().max(253).nullable(),
      phone: z.string().max(40).nullable(),
      website: z.string().max(2_048).nullable(),
      externalId: z.string().max(200).nullable(),
      ownerId: z.string().max(21).nullable(),
      values: fieldPatchSchema,
    })
    .partial()
    .optional(),
});
export type CompanyPatch = z.infer<typeof companyPatchSchema>;

/** By the beginnings of words in the name; all of them must be there. */
export const companyQuerySchema = z.object({
  q: z.string().trim().max(200).optional(),
  cursor: z.string().max(600).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});
export type CompanyQuery = z.infer<typeof companyQuerySchema>;
/** `detach=1`: people stay and name no company any more; otherwise one with people is kept (`conflict`). */
export const companyDeleteSchema = z.object({ detach: z.literal('1').optional() });
