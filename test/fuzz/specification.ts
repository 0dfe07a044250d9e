import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';

/** A JSON Schema, as far as the specification uses it. */
export interface Schema {
  $ref?: string;
  type?: string | string[];
  enum?: unknown[];
  const?: unknown;
  anyOf?: Schema[];
  oneOf?: Schema[];
  format?: string;
  pattern?: string;
  minLength?: number;
  maxLength?: number;
  minimum?: number;
  maximum?: number;
  exclusiveMinimum?: number;
  multipleOf?: number;
  items?: Schema;
  minItems?: number;
  maxItems?: number;
  properties?: Record<string, Schema>;
  required?: string[];
  additionalProperties?: boolean | Schema;
  propertyNames?: Schema;
  examples?: unknown[];
}

export interface Parameter {
  name: string;
  in: 'query' | 'path' | 'header';
  required: boolean;
  schema: Schema;
  example?: unknown;
}

export interface Operation {
  id: string;
  method: string;
  path: string;
  parameters: Parameter[];
  /** Schemas of the body by media type. */
  bodies: [media: string, schema: Schema][];
  statuses: number[];
  needsKey: boolean;
}

interface Document {
  paths: Record<string, Record<string, DocumentedOperation>>;
  components: { schemas: Record<string, Schema>; parameters?: Record<string, Parameter> };
}
interface DocumentedOperation {
  operationId: string;
  parameters?: (Parameter & { $ref?: string })[];
  requestBody?: { content: Record<string, { schema: Schema }> };
  responses: Record<string, unknown>;
  security: unknown[];
}

const isDate = (text: string): boolean =>
  /^\d{4}-\d{2}-\d{2}$/.test(text) &&
  !Number.isNaN(Date.parse(text)) &&
  new Date(text).toISOString().startsWith(text);
const isInstant = (text: string): boolean =>
  isDate(text.slice(0, 10)) &&
  /^.{10}T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:\d{2})$/.test(text) &&
  !Number.isNaN(Date.parse(text));

/** What the published document says, and nothing else about the service. */
export class Specification {
  readonly operations: Operation[];
  readonly #document: Document;
  readonly #ajv = new Ajv2020({ strict: false });
  readonly #validators = new WeakMap<Schema, ValidateFunction>();
  readonly #validatorsByText = new Map<string, ValidateFunction>();

  constructor(document: unknown) {
    this.#document = document as Document;
    this.#ajv.addSchema({ $id: 'spec', components: this.#document.components });
    this.#ajv.addFormat('date', isDate);
    this.#ajv.addFormat('date-time', isInstant);
    this.#ajv.addFormat('uri', URL.canParse);
    this.operations = Object.entries(this.#document.paths).flatMap(([path, methods]) =>
      Object.entries(methods).map(([method, operation]) => this.#read(path, method, operation)),
    );
  }

  /** Every address, with the methods that it documents. */
  get methodsByPath(): [path: string, methods: string[]][] {
    return Object.entries(this.#document.paths).map(([path, methods]) => [
      path,
      Object.keys(methods).map((method) => method.toUpperCase()),
    ]);
  }

  resolve(schema: Schema): Schema {
    const name = schema.$ref?.split('/').at(-1);
    return name === undefined ? schema : (this.#document.components.schemas[name] ?? {});
  }

  accepts(schema: Schema, value: unknown): boolean {
    const validator = this.#validators.get(schema) ?? this.#compiled(JSON.stringify(schema));
    this.#validators.set(schema, validator);
    return validator(value);
  }

  #compiled(text: string): ValidateFunction {
    const known = this.#validatorsByText.get(text);
    if (known !== undefined) return known;
    const inside = text.replaceAll('"#/components', '"spec#/components');
    const validator = this.#ajv.compile(JSON.parse(inside));
    this.#validatorsByText.set(text, validator);
    return validator;
  }

  #read(path: string, method: string, operation: DocumentedOperation): Operation {
    const { operationId, parameters = [], requestBody, responses, security } = operation;
    const bodies = Object.entries(requestBody?.content ?? {});
    return {
      id: operationId,
      method: method.toUpperCase(),
      path,
      parameters: parameters.map((parameter) => this.#parameter(parameter)),
      bodies: bodies.map(([media, { schema }]) => [media, schema]),
      statuses: Object.keys(responses).map(Number),
      needsKey: security.length > 0,
    };
  }

  #parameter(parameter: Parameter & { $ref?: string }): Parameter {
    const name = parameter.$ref?.split('/').at(-1) ?? '';
    const found = this.#document.components.parameters?.[name] ?? parameter;
    return { ...found, required: found.required ?? false };
  }
}
