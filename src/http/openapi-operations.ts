import type { OpenAPIV3_1 } from 'openapi-types';

/** The specification with everything in place; references only where this file says so. */
export type Specification = OpenAPIV3_1.Document;
export type Operation = OpenAPIV3_1.OperationObject;

/** One operation with where it stands. */
export interface Placed {
  path: string;
  /** Upper case. */
  method: string;
  operation: Operation;
}

const METHODS = ['get', 'post', 'put', 'patch', 'delete'] as const;

/** Every operation of a specification, in its order. */
export function operationsOf({ paths = {} }: Specification): Placed[] {
  return Object.entries(paths).flatMap(([path, item]) =>
    METHODS.flatMap((name) => {
      const operation = item?.[name];
      return operation === undefined ? [] : [{ path, method: name.toUpperCase(), operation }];
    }),
  );
}

/** The responses of an operation by status; none of them is a reference. */
export function responsesOf({ responses = {} }: Operation): [string, OpenAPIV3_1.ResponseObject][] {
  return Object.entries(responses) as [string, OpenAPIV3_1.ResponseObject][];
}
