/**
 * This file was auto-generated from src/api/openapi.
 * Do not make direct changes to the file.
 */
import { OpenApiDocument } from '../api/OpenApiDocument';

/** The API's document: the files of src/api/openapi together. @public */
export const openapiDocument: OpenApiDocument = {
  "openapi": "3.1.0",
  "info": {
    "title": "Res-Edge",
    "version": "v1",
    "description": "The data service of Res-Edge: the inventory, the decisions with their reasons, plans and change requests.\nEvery call needs a Backstage token. `x-permission` of an operation lists permissions, of which the caller needs one, be it\nfor some entities only. What a caller may not see does not exist in any answer: it is in no list, no count and no sample.\n",
    "license": {
      "name": "Apache-2.0",
      "identifier": "Apache-2.0"
    }
  },
  "servers": [
    {
      "url": "/api/res-edge"
    }
  ],
  "paths": {
    "/v1/approvals": {
      "get": {
        "operationId": "listApprovals",
        "summary": "Open change requests, and losses that wait, by which an approval asks the caller now",
        "x-permission": [
          "res-edge.change-request.approve"
        ],
        "responses": {
          "200": {
            "description": "The list, the newest first",
            "content": {
              "application/json": {
                "schema": {
                  "$ref": "#/components/schemas/ApprovalInbox"
                }
              }
            }
          },
          "default": {
            "$ref": "#/components/responses/Error"
          }
        }
      }
    },
    "/v1/change-requests/{id}/approve": {
      "post": {
        "operationId": "approveChangeRequest",
        "summary": "Agree to a decision that an approval asks the caller about, now or in advance",
        "x-permission": [
          "res-edge.change-request.approve"
        ],
        "parameters": [
          {
            "$ref": "#/components/parameters/id"
          }
        ],
        "requestBody": {
          "required": true,
          "content": {
            "application/json": {
              "schema": {
                "type": "object",
                "additionalProperties": false,
                "required": [
                  "digest"
                ],
                "properties": {
                  "digest": {
                    "$ref": "#/components/schemas/ReadDigest"
                  },
                  "reason": {
                    "type": "string",
                    "minLength": 1,
                    "maxLength": 1000
                  },
                  "from": {
                    "type": "string",
                    "format": "date-time",
                    "description": "The yes counts from then on: in advance for a window"
                  },
                  "until": {
                    "type": "string",
                    "format": "date-time",
                    "description": "The yes counts until then"
                  },
                  "merge": {
                    "type": "boolean",
                    "description": "Merge it as soon as all agreed, and their yes counts"
                  }
                }
              }
            }
          }
        },
        "responses": {
          "200": {
            "description": "The change request as it stands now",
            "content": {
              "application/json": {
                "schema": {
                  "$ref": "#/components/schemas/ChangeRequest"
                }
              }
            }
          },
          "default": {
            "$ref": "#/components/responses/Error"
          }
        }
      }
    },
    "/v1/change-requests/{id}/refuse": {
      "post": {
        "operationId": "refuseChangeRequest",
        "summary": "Say no to a decision that an approval asks the caller about; it holds until the caller agrees or the decision changes",
        "x-permission": [
          "res-edge.change-request.approve"
        ],
        "parameters": [
          {
            "$ref": "#/components/parameters/id"
          }
        ],
        "requestBody": {
          "required": true,
          "content": {
            "application/json": {
              "schema": {
                "type": "object",
                "additionalProperties": false,
                "required": [
                  "digest",
                  "reason"
                ],
                "properties": {
                  "digest": {
                    "$ref": "#/components/schemas/ReadDigest"
                  },
                  "reason": {
                    "type": "string",
                    "minLength": 1,
                    "maxLength": 1000
                  }
                }
              }
            }
          }
        },
        "responses": {
          "200": {
            "description": "The change request as it stands now",
            "content": {
              "application/json": {
                "schema": {
                  "$ref": "#/components/schemas/ChangeRequest"
                }
              }
            }
          },
          "default": {
            "$ref": "#/components/responses/Error"
          }
        }
      }
    },
    "/v1/change-requests/{id}/break-glass": {
      "post": {
        "operationId": "breakGlass",
        "summary": "Merge without the approvals that are asked for; those who would have been asked are told",
        "x-permission": [
          "res-edge.change-request.break-glass"
        ],
        "parameters": [
          {
            "$ref": "#/components/parameters/id"
          }
        ],
        "requestBody": {
          "required": true,
          "content": {
            "application/json": {
              "schema": {
                "type": "object",
                "additionalProperties": false,
                "required": [
                  "digest",
                  "reason"
                ],
                "properties": {
                  "digest": {
                    "$ref": "#/components/schemas/ReadDigest"
                  },
                  "reason": {
                    "type": "string",
                    "minLength": 1,
                    "maxLength": 1000
                  }
                }
              }
            }
          }
        },
        "responses": {
          "200": {
            "description": "Merged",
            "content": {
              "application/json": {
                "schema": {
                  "$ref": "#/components/schemas/ChangeRequest"
                }
              }
            }
          },
          "default": {
            "$ref": "#/components/responses/Error"
          }
        }
      }
    },
    "/v1/audit": {
      "get": {
        "operationId": "listAuditEntries",
        "summary": "Who changed what, the newest first, with before and after",
        "description": "Writes of the inventory; merges of change requests, and changes by hand that were adopted or discarded, as entries of\ntheir entity, and what people said to them before; sign-offs of guards, and plans that somebody asked for. An entry is there where the caller may see the\nentity as it was before and afterwards. A page may have fewer entries than asked for, and still a next one.\n",
        "x-permission": [
          "res-edge.audit.read"
        ],
        "parameters": [
          {
            "name": "kind",
            "in": "query",
            "schema": {
              "$ref": "#/components/schemas/AuditKind"
            }
          },
          {
            "name": "name",
            "in": "query",
            "description": "Of the entity, or the id of the guard",
            "schema": {
              "type": "string",
              "maxLength": 253
            }
          },
          {
            "name": "actor",
            "in": "query",
            "description": "Reference of a user, or the name of a service",
            "schema": {
              "type": "string",
              "maxLength": 300
            }
          },
          {
            "name": "operation",
            "in": "query",
            "schema": {
              "$ref": "#/components/schemas/AuditOperation"
            }
          },
          {
            "name": "from",
            "in": "query",
            "description": "At this time or later",
            "schema": {
              "type": "string",
              "format": "date-time"
            }
          },
          {
            "name": "to",
            "in": "query",
            "description": "Before this time",
            "schema": {
              "type": "string",
              "format": "date-time"
            }
          },
          {
            "$ref": "#/components/parameters/limit"
          },
          {
            "$ref": "#/components/parameters/cursor"
          }
        ],
        "responses": {
          "200": {
            "description": "A page",
            "content": {
              "application/json": {
                "schema": {
                  "$ref": "#/components/schemas/AuditPage"
                }
              }
            }
          },
          "default": {
            "$ref": "#/components/responses/Error"
          }
        }
      }
    },
    "/v1/entities:batch": {
      "post": {
        "operationId": "writeEntities",
        "summary": "Make many writes at once, in one transaction, with a result for each",
        "description": "The body is `{ mutations: […] }`, or as `application/x-ndjson` one mutation a line. With `Accept: application/x-ndjson`\nthe answer is one result a line, and at last a line `{ summary: … }`.\n",
        "x-permission": [
          "res-edge.cluster.create",
          "res-edge.group.create",
          "res-edge.namespace.create",
          "res-edge.application.create",
          "res-edge.policy.create",
          "res-edge.cluster.update",
          "res-edge.group.update",
          "res-edge.namespace.update",
          "res-edge.application.update",
          "res-edge.policy.update",
          "res-edge.cluster.delete",
          "res-edge.group.delete",
          "res-edge.namespace.delete",
          "res-edge.application.delete",
          "res-edge.policy.delete"
        ],
        "parameters": [
          {
            "name": "atomic",
            "in": "query",
            "description": "All or nothing; otherwise what can be written is written",
            "schema": {
              "type": "boolean",
              "default": false
            }
          },
          {
            "name": "dryRun",
            "in": "query",
            "description": "Write nothing, and say what would happen to each record and what that would cause",
            "schema": {
              "type": "boolean",
              "default": false
            }
          }
        ],
        "requestBody": {
          "required": true,
          "content": {
            "application/json": {
              "schema": {
                "$ref": "#/components/schemas/Batch"
              }
            },
            "application/x-ndjson": {
              "schema": {}
            }
          }
        },
        "responses": {
          "200": {
            "description": "What became of each; that one failed does not make the request fail",
            "content": {
              "application/json": {
                "schema": {
                  "$ref": "#/components/schemas/BatchResult"
                }
              },
              "application/x-ndjson": {
                "schema": {}
              }
            }
          },
          "default": {
            "$ref": "#/components/responses/Error"
          }
        }
      }
    },
    "/v1/clusters/{name}/bootstrap": {
      "get": {
        "operationId": "getClusterBootstrap",
        "summary": "What has to be done on a cluster itself, once; everything else comes from Git",
        "x-permission": [
          "res-edge.cluster.read"
        ],
        "parameters": [
          {
            "$ref": "#/components/parameters/name"
          },
          {
            "name": "engine",
            "in": "query",
            "description": "What delivers on the cluster; what it is registered with where left out",
            "schema": {
              "type": "string",
              "enum": [
                "flux",
                "argocd"
              ]
            }
          },
          {
            "name": "transport",
            "in": "query",
            "description": "What the cluster follows, its shard's branch or an OCI artifact; what is configured where left out",
            "schema": {
              "type": "string",
              "enum": [
                "git",
                "oci"
              ]
            }
          }
        ],
        "responses": {
          "200": {
            "description": "Files without any secret in them",
            "content": {
              "application/json": {
                "schema": {
                  "$ref": "#/components/schemas/ClusterBootstrap"
                }
              }
            }
          },
          "default": {
            "$ref": "#/components/responses/Error"
          }
        }
      }
    },
    "/v1/change-requests": {
      "get": {
        "operationId": "listChangeRequests",
        "summary": "Change requests, open ones first, then the newest",
        "x-permission": [
          "res-edge.change-request.read"
        ],
        "parameters": [
          {
            "name": "state",
            "in": "query",
            "schema": {
              "$ref": "#/components/schemas/ChangeRequestState"
            }
          },
          {
            "$ref": "#/components/parameters/limit"
          },
          {
            "$ref": "#/components/parameters/cursor"
          }
        ],
        "responses": {
          "200": {
            "description": "A page",
            "content": {
              "application/json": {
                "schema": {
                  "$ref": "#/components/schemas/ChangeRequestPage"
                }
              }
            }
          },
          "default": {
            "$ref": "#/components/responses/Error"
          }
        }
      }
    },
    "/v1/change-requests/{id}": {
      "get": {
        "operationId": "getChangeRequest",
        "summary": "One change request with its effect on the fleet and its files",
        "x-permission": [
          "res-edge.change-request.read"
        ],
        "parameters": [
          {
            "$ref": "#/components/parameters/id"
          }
        ],
        "responses": {
          "200": {
            "description": "The change request",
            "content": {
              "application/json": {
                "schema": {
                  "$ref": "#/components/schemas/ChangeRequestDetails"
                }
              }
            }
          },
          "default": {
            "$ref": "#/components/responses/Error"
          }
        }
      }
    },
    "/v1/change-requests/{id}/merge": {
      "post": {
        "operationId": "mergeChangeRequest",
        "summary": "Merge a change request into main; delivery follows",
        "x-permission": [
          "res-edge.change-request.merge"
        ],
        "parameters": [
          {
            "$ref": "#/components/parameters/id"
          }
        ],
        "requestBody": {
          "required": true,
          "content": {
            "application/json": {
              "schema": {
                "type": "object",
                "additionalProperties": false,
                "required": [
                  "digest"
                ],
                "properties": {
                  "digest": {
                    "type": "string",
                    "maxLength": 100,
                    "description": "The decision that was read; another one answers 409"
                  }
                }
              }
            }
          }
        },
        "responses": {
          "200": {
            "description": "Merged",
            "content": {
              "application/json": {
                "schema": {
                  "$ref": "#/components/schemas/ChangeRequest"
                }
              }
            }
          },
          "default": {
            "$ref": "#/components/responses/Error"
          }
        }
      }
    },
    "/v1/changes": {
      "get": {
        "operationId": "listChanges",
        "summary": "What changed in the inventory since a revision, as it comes",
        "description": "Without `since`: nothing but the revision, to begin with. With `wait` the answer comes as soon as something has changed\nafter `since`, or after so many seconds. Where there is a `nextCursor`, ask again with it and the same `since`; otherwise\ngo on with `revision`. 410 where changes are not kept for so long: read everything again. Something that comes into\nthe caller's sight is created for him, something that leaves it is deleted.\n",
        "x-permission": [
          "res-edge.cluster.read",
          "res-edge.group.read",
          "res-edge.namespace.read",
          "res-edge.application.read",
          "res-edge.policy.read"
        ],
        "parameters": [
          {
            "name": "since",
            "in": "query",
            "description": "A revision of the inventory",
            "schema": {
              "type": "integer",
              "minimum": 0
            }
          },
          {
            "name": "wait",
            "in": "query",
            "description": "Seconds",
            "schema": {
              "type": "integer",
              "minimum": 0,
              "maximum": 30,
              "default": 0
            }
          },
          {
            "$ref": "#/components/parameters/limit"
          },
          {
            "$ref": "#/components/parameters/cursor"
          }
        ],
        "responses": {
          "200": {
            "description": "The changes, the oldest first",
            "content": {
              "application/json": {
                "schema": {
                  "$ref": "#/components/schemas/ChangePage"
                }
              }
            }
          },
          "default": {
            "$ref": "#/components/responses/Error"
          }
        }
      }
    },
    "/v1/drift": {
      "get": {
        "operationId": "listDrift",
        "summary": "What people changed by hand on main and nobody has settled yet",
        "x-permission": [
          "res-edge.change-request.read"
        ],
        "responses": {
          "200": {
            "description": "The list",
            "content": {
              "application/json": {
                "schema": {
                  "$ref": "#/components/schemas/DriftList"
                }
              }
            }
          },
          "default": {
            "$ref": "#/components/responses/Error"
          }
        }
      }
    },
    "/v1/drift/{kind}/{name}": {
      "get": {
        "operationId": "getDrift",
        "summary": "What was changed by hand of one entity, with the files",
        "x-permission": [
          "res-edge.change-request.read"
        ],
        "parameters": [
          {
            "$ref": "#/components/parameters/decidedKind"
          },
          {
            "$ref": "#/components/parameters/name"
          }
        ],
        "responses": {
          "200": {
            "description": "The change",
            "content": {
              "application/json": {
                "schema": {
                  "$ref": "#/components/schemas/DriftDetails"
                }
              }
            }
          },
          "default": {
            "$ref": "#/components/responses/Error"
          }
        }
      }
    },
    "/v1/drift/{kind}/{name}/adopt": {
      "post": {
        "operationId": "adoptDrift",
        "summary": "Take over what was changed by hand; what is registered and differs becomes a change request",
        "x-permission": [
          "res-edge.drift.adopt"
        ],
        "parameters": [
          {
            "$ref": "#/components/parameters/decidedKind"
          },
          {
            "$ref": "#/components/parameters/name"
          }
        ],
        "requestBody": {
          "required": true,
          "content": {
            "application/json": {
              "schema": {
                "$ref": "#/components/schemas/DriftVerdict"
              }
            }
          }
        },
        "responses": {
          "200": {
            "description": "What is left",
            "content": {
              "application/json": {
                "schema": {
                  "$ref": "#/components/schemas/DriftList"
                }
              }
            }
          },
          "default": {
            "$ref": "#/components/responses/Error"
          }
        }
      }
    },
    "/v1/drift/{kind}/{name}/discard": {
      "post": {
        "operationId": "discardDrift",
        "summary": "Take back what was changed by hand",
        "x-permission": [
          "res-edge.drift.discard"
        ],
        "parameters": [
          {
            "$ref": "#/components/parameters/decidedKind"
          },
          {
            "$ref": "#/components/parameters/name"
          }
        ],
        "requestBody": {
          "required": true,
          "content": {
            "application/json": {
              "schema": {
                "$ref": "#/components/schemas/DriftVerdict"
              }
            }
          }
        },
        "responses": {
          "200": {
            "description": "What is left",
            "content": {
              "application/json": {
                "schema": {
                  "$ref": "#/components/schemas/DriftList"
                }
              }
            }
          },
          "default": {
            "$ref": "#/components/responses/Error"
          }
        }
      }
    },
    "/v1/entities": {
      "get": {
        "operationId": "listEntities",
        "summary": "Entities of the inventory, by kind and name, or as sort says",
        "description": "With `Accept: application/x-ndjson` the answer is all of them, an item a line as they are in a page; limit and cursor do\nnot count.\n",
        "x-permission": [
          "res-edge.cluster.read",
          "res-edge.group.read",
          "res-edge.namespace.read",
          "res-edge.application.read",
          "res-edge.policy.read"
        ],
        "parameters": [
          {
            "$ref": "#/components/parameters/kind"
          },
          {
            "$ref": "#/components/parameters/search"
          },
          {
            "$ref": "#/components/parameters/group"
          },
          {
            "$ref": "#/components/parameters/descendants"
          },
          {
            "$ref": "#/components/parameters/selector"
          },
          {
            "$ref": "#/components/parameters/filter"
          },
          {
            "$ref": "#/components/parameters/problems"
          },
          {
            "name": "sort",
            "in": "query",
            "allowReserved": true,
            "description": "Paths of fields with commas between them, each with a - before it where the greatest comes first; kind and name settle the rest",
            "schema": {
              "type": "string",
              "minLength": 1,
              "maxLength": 500
            }
          },
          {
            "name": "fields",
            "in": "query",
            "allowReserved": true,
            "description": "Also show these fields of each entity, as its `entity`: paths such as spec.environment or labels.ring with commas between them, or * for all of it",
            "schema": {
              "type": "string",
              "minLength": 1,
              "maxLength": 2000
            }
          },
          {
            "name": "expand",
            "in": "query",
            "allowReserved": true,
            "description": "Also show these parts of what is decided for each cluster, as its `expanded`, with commas between them: shard, groups, namespaces, applications, values, usage",
            "schema": {
              "type": "string",
              "minLength": 1,
              "maxLength": 200
            }
          },
          {
            "$ref": "#/components/parameters/limit"
          },
          {
            "$ref": "#/components/parameters/cursor"
          }
        ],
        "responses": {
          "200": {
            "description": "A page",
            "content": {
              "application/json": {
                "schema": {
                  "$ref": "#/components/schemas/EntityPage"
                }
              },
              "application/x-ndjson": {
                "schema": {}
              }
            }
          },
          "default": {
            "$ref": "#/components/responses/Error"
          }
        }
      },
      "post": {
        "operationId": "createEntity",
        "summary": "Create an entity; no change where an equal one is there already",
        "x-permission": [
          "res-edge.cluster.create",
          "res-edge.group.create",
          "res-edge.namespace.create",
          "res-edge.application.create",
          "res-edge.policy.create"
        ],
        "requestBody": {
          "required": true,
          "content": {
            "application/json": {
              "schema": {
                "$ref": "#/components/schemas/EntityInput"
              }
            }
          }
        },
        "responses": {
          "200": {
            "description": "It is there already, and equal",
            "headers": {
              "ETag": {
                "$ref": "#/components/headers/ETag"
              }
            },
            "content": {
              "application/json": {
                "schema": {
                  "$ref": "#/components/schemas/EntityRecord"
                }
              }
            }
          },
          "201": {
            "description": "Created",
            "headers": {
              "Location": {
                "schema": {
                  "type": "string"
                }
              },
              "ETag": {
                "$ref": "#/components/headers/ETag"
              }
            },
            "content": {
              "application/json": {
                "schema": {
                  "$ref": "#/components/schemas/EntityRecord"
                }
              }
            }
          },
          "default": {
            "$ref": "#/components/responses/Error"
          }
        }
      }
    },
    "/v1/entities/counts": {
      "get": {
        "operationId": "countEntities",
        "summary": "How many entities have each value in a field",
        "x-permission": [
          "res-edge.cluster.read",
          "res-edge.group.read",
          "res-edge.namespace.read",
          "res-edge.application.read",
          "res-edge.policy.read"
        ],
        "parameters": [
          {
            "name": "by",
            "in": "query",
            "allowReserved": true,
            "required": true,
            "description": "A path such as kind, spec.environment, spec.state or labels.ring, or group for clusters by the children of the given group, or else of each root",
            "schema": {
              "type": "string",
              "minLength": 1,
              "maxLength": 300
            }
          },
          {
            "$ref": "#/components/parameters/kind"
          },
          {
            "$ref": "#/components/parameters/search"
          },
          {
            "$ref": "#/components/parameters/group"
          },
          {
            "$ref": "#/components/parameters/descendants"
          },
          {
            "$ref": "#/components/parameters/selector"
          },
          {
            "$ref": "#/components/parameters/filter"
          },
          {
            "$ref": "#/components/parameters/problems"
          },
          {
            "name": "limit",
            "in": "query",
            "description": "How many values, the most frequent ones",
            "schema": {
              "type": "integer",
              "minimum": 1,
              "maximum": 1000,
              "default": 100
            }
          }
        ],
        "responses": {
          "200": {
            "description": "The counts",
            "content": {
              "application/json": {
                "schema": {
                  "$ref": "#/components/schemas/EntityCounts"
                }
              }
            }
          },
          "default": {
            "$ref": "#/components/responses/Error"
          }
        }
      }
    },
    "/v1/entities/{kind}/{name}": {
      "get": {
        "operationId": "getEntity",
        "summary": "One entity with its origin and problems",
        "x-permission": [
          "res-edge.cluster.read",
          "res-edge.group.read",
          "res-edge.namespace.read",
          "res-edge.application.read",
          "res-edge.policy.read"
        ],
        "parameters": [
          {
            "$ref": "#/components/parameters/entityKind"
          },
          {
            "$ref": "#/components/parameters/name"
          },
          {
            "$ref": "#/components/parameters/ifNoneMatch"
          }
        ],
        "responses": {
          "200": {
            "description": "The entity; 304 without it where If-None-Match has its etag",
            "headers": {
              "ETag": {
                "$ref": "#/components/headers/ETag"
              }
            },
            "content": {
              "application/json": {
                "schema": {
                  "$ref": "#/components/schemas/InventoryEntity"
                }
              }
            }
          },
          "default": {
            "$ref": "#/components/responses/Error"
          }
        }
      },
      "put": {
        "operationId": "applyEntity",
        "summary": "Create an entity, or replace the one that is there",
        "x-permission": [
          "res-edge.cluster.create",
          "res-edge.group.create",
          "res-edge.namespace.create",
          "res-edge.application.create",
          "res-edge.policy.create",
          "res-edge.cluster.update",
          "res-edge.group.update",
          "res-edge.namespace.update",
          "res-edge.application.update",
          "res-edge.policy.update"
        ],
        "parameters": [
          {
            "$ref": "#/components/parameters/entityKind"
          },
          {
            "$ref": "#/components/parameters/name"
          },
          {
            "$ref": "#/components/parameters/ifMatch"
          },
          {
            "$ref": "#/components/parameters/ifNoneMatch"
          }
        ],
        "requestBody": {
          "required": true,
          "content": {
            "application/json": {
              "schema": {
                "$ref": "#/components/schemas/EntityInput"
              }
            }
          }
        },
        "responses": {
          "200": {
            "description": "Replaced, or no change",
            "headers": {
              "ETag": {
                "$ref": "#/components/headers/ETag"
              }
            },
            "content": {
              "application/json": {
                "schema": {
                  "$ref": "#/components/schemas/EntityRecord"
                }
              }
            }
          },
          "201": {
            "description": "Created",
            "headers": {
              "Location": {
                "schema": {
                  "type": "string"
                }
              },
              "ETag": {
                "$ref": "#/components/headers/ETag"
              }
            },
            "content": {
              "application/json": {
                "schema": {
                  "$ref": "#/components/schemas/EntityRecord"
                }
              }
            }
          },
          "default": {
            "$ref": "#/components/responses/Error"
          }
        }
      },
      "patch": {
        "operationId": "patchEntity",
        "summary": "Change parts of an entity, by a JSON merge patch (RFC 7396)",
        "x-permission": [
          "res-edge.cluster.update",
          "res-edge.group.update",
          "res-edge.namespace.update",
          "res-edge.application.update",
          "res-edge.policy.update"
        ],
        "parameters": [
          {
            "$ref": "#/components/parameters/entityKind"
          },
          {
            "$ref": "#/components/parameters/name"
          },
          {
            "$ref": "#/components/parameters/ifMatch"
          }
        ],
        "requestBody": {
          "required": true,
          "content": {
            "application/merge-patch+json": {
              "schema": {
                "type": "object",
                "additionalProperties": true
              }
            }
          }
        },
        "responses": {
          "200": {
            "description": "Changed, or no change",
            "headers": {
              "ETag": {
                "$ref": "#/components/headers/ETag"
              }
            },
            "content": {
              "application/json": {
                "schema": {
                  "$ref": "#/components/schemas/EntityRecord"
                }
              }
            }
          },
          "default": {
            "$ref": "#/components/responses/Error"
          }
        }
      },
      "delete": {
        "operationId": "deleteEntity",
        "summary": "Delete an entity",
        "x-permission": [
          "res-edge.cluster.delete",
          "res-edge.group.delete",
          "res-edge.namespace.delete",
          "res-edge.application.delete",
          "res-edge.policy.delete"
        ],
        "parameters": [
          {
            "$ref": "#/components/parameters/entityKind"
          },
          {
            "$ref": "#/components/parameters/name"
          },
          {
            "$ref": "#/components/parameters/ifMatch"
          }
        ],
        "responses": {
          "204": {
            "description": "Deleted"
          },
          "default": {
            "$ref": "#/components/responses/Error"
          }
        }
      }
    },
    "/v1/problems": {
      "get": {
        "operationId": "listProblems",
        "summary": "Problems of the fleet, by entity",
        "x-permission": [
          "res-edge.cluster.read",
          "res-edge.group.read",
          "res-edge.namespace.read",
          "res-edge.application.read",
          "res-edge.policy.read"
        ],
        "parameters": [
          {
            "name": "entity",
            "in": "query",
            "description": "Only of this entity reference",
            "schema": {
              "type": "string",
              "maxLength": 300
            }
          },
          {
            "$ref": "#/components/parameters/limit"
          },
          {
            "$ref": "#/components/parameters/cursor"
          }
        ],
        "responses": {
          "200": {
            "description": "A page",
            "content": {
              "application/json": {
                "schema": {
                  "$ref": "#/components/schemas/ProblemPage"
                }
              }
            }
          },
          "default": {
            "$ref": "#/components/responses/Error"
          }
        }
      }
    },
    "/v1/fleet": {
      "get": {
        "operationId": "getFleet",
        "summary": "Totals of the fleet, its current plan and its delivery",
        "x-permission": [
          "res-edge.cluster.read",
          "res-edge.group.read",
          "res-edge.namespace.read",
          "res-edge.application.read",
          "res-edge.policy.read",
          "res-edge.plan.read",
          "res-edge.change-request.read"
        ],
        "responses": {
          "200": {
            "description": "The summary",
            "content": {
              "application/json": {
                "schema": {
                  "$ref": "#/components/schemas/FleetSummary"
                }
              }
            }
          },
          "default": {
            "$ref": "#/components/responses/Error"
          }
        }
      }
    },
    "/v1/groups": {
      "get": {
        "operationId": "listRootGroups",
        "summary": "The roots of the business hierarchies with their counts",
        "x-permission": [
          "res-edge.group.read"
        ],
        "responses": {
          "200": {
            "description": "The roots",
            "content": {
              "application/json": {
                "schema": {
                  "$ref": "#/components/schemas/GroupList"
                }
              }
            }
          },
          "default": {
            "$ref": "#/components/responses/Error"
          }
        }
      }
    },
    "/v1/groups/{name}": {
      "get": {
        "operationId": "getGroup",
        "summary": "One group with its path, its children and the values that its clusters inherit",
        "x-permission": [
          "res-edge.group.read"
        ],
        "parameters": [
          {
            "$ref": "#/components/parameters/name"
          }
        ],
        "responses": {
          "200": {
            "description": "The group",
            "content": {
              "application/json": {
                "schema": {
                  "$ref": "#/components/schemas/GroupDetails"
                }
              }
            }
          },
          "default": {
            "$ref": "#/components/responses/Error"
          }
        }
      }
    },
    "/v1/guards": {
      "get": {
        "operationId": "listGuards",
        "summary": "Losses that wait for a person's sign-off; none for who does not see the whole fleet",
        "x-permission": [
          "res-edge.plan.read"
        ],
        "responses": {
          "200": {
            "description": "The list",
            "content": {
              "application/json": {
                "schema": {
                  "$ref": "#/components/schemas/GuardList"
                }
              }
            }
          },
          "default": {
            "$ref": "#/components/responses/Error"
          }
        }
      }
    },
    "/v1/guards/{id}/sign-off": {
      "post": {
        "operationId": "signOffGuard",
        "summary": "Let what waits be taken away",
        "x-permission": [
          "res-edge.guard.sign-off"
        ],
        "parameters": [
          {
            "$ref": "#/components/parameters/id"
          }
        ],
        "requestBody": {
          "required": true,
          "content": {
            "application/json": {
              "schema": {
                "type": "object",
                "additionalProperties": false,
                "required": [
                  "reason"
                ],
                "properties": {
                  "reason": {
                    "type": "string",
                    "minLength": 1,
                    "maxLength": 1000
                  }
                }
              }
            }
          }
        },
        "responses": {
          "200": {
            "description": "What is left",
            "content": {
              "application/json": {
                "schema": {
                  "$ref": "#/components/schemas/GuardList"
                }
              }
            }
          },
          "default": {
            "$ref": "#/components/responses/Error"
          }
        }
      }
    },
    "/v1/imports/{format}": {
      "post": {
        "operationId": "importRecords",
        "summary": "Import records of another system, with a report of each; docs/imports.md describes the formats",
        "description": "Records are created or replaced, never deleted; equal ones are no change. One that is wrong does not stop the others,\nunless `atomic` asks for all or nothing. Without content, `resources` reads the entities of kind Resource and type\nkubernetes-cluster that the caller may see in the catalog.\n",
        "x-permission": [
          "res-edge.cluster.create",
          "res-edge.group.create",
          "res-edge.namespace.create",
          "res-edge.application.create",
          "res-edge.policy.create",
          "res-edge.cluster.update",
          "res-edge.group.update",
          "res-edge.namespace.update",
          "res-edge.application.update",
          "res-edge.policy.update"
        ],
        "parameters": [
          {
            "name": "format",
            "in": "path",
            "required": true,
            "schema": {
              "$ref": "#/components/schemas/ImportFormat"
            }
          },
          {
            "name": "atomic",
            "in": "query",
            "description": "All or nothing; otherwise what can be imported is imported",
            "schema": {
              "type": "boolean",
              "default": false
            }
          },
          {
            "name": "dryRun",
            "in": "query",
            "description": "Write nothing, and say what would happen and what that would cause",
            "schema": {
              "type": "boolean",
              "default": false
            }
          }
        ],
        "requestBody": {
          "required": true,
          "content": {
            "application/json": {
              "schema": {
                "$ref": "#/components/schemas/ImportRequest"
              }
            }
          }
        },
        "responses": {
          "200": {
            "description": "What became of each record; that one failed does not make the request fail",
            "content": {
              "application/json": {
                "schema": {
                  "$ref": "#/components/schemas/ImportReport"
                }
              }
            }
          },
          "default": {
            "$ref": "#/components/responses/Error"
          }
        }
      }
    },
    "/v1/clusters/{name}/placements": {
      "get": {
        "operationId": "getClusterPlacements",
        "summary": "What runs on a cluster and why, what does not and why not, and the values that it resolves",
        "x-permission": [
          "res-edge.cluster.read"
        ],
        "parameters": [
          {
            "$ref": "#/components/parameters/name"
          }
        ],
        "responses": {
          "200": {
            "description": "The placements",
            "content": {
              "application/json": {
                "schema": {
                  "$ref": "#/components/schemas/ClusterPlacements"
                }
              }
            }
          },
          "default": {
            "$ref": "#/components/responses/Error"
          }
        }
      }
    },
    "/v1/applications": {
      "get": {
        "operationId": "listApplications",
        "summary": "All applications with their reach",
        "x-permission": [
          "res-edge.application.read"
        ],
        "responses": {
          "200": {
            "description": "The applications",
            "content": {
              "application/json": {
                "schema": {
                  "$ref": "#/components/schemas/ApplicationList"
                }
              }
            }
          },
          "default": {
            "$ref": "#/components/responses/Error"
          }
        }
      }
    },
    "/v1/applications/{name}/placements": {
      "get": {
        "operationId": "listApplicationPlacements",
        "summary": "Where an application runs, or where it is refused and why",
        "x-permission": [
          "res-edge.application.read"
        ],
        "parameters": [
          {
            "$ref": "#/components/parameters/name"
          },
          {
            "name": "state",
            "in": "query",
            "description": "held: where what is decided waits for a window, a freeze or another change",
            "schema": {
              "type": "string",
              "enum": [
                "placed",
                "refused",
                "held"
              ],
              "default": "placed"
            }
          },
          {
            "$ref": "#/components/parameters/limit"
          },
          {
            "$ref": "#/components/parameters/cursor"
          }
        ],
        "responses": {
          "200": {
            "description": "A page",
            "content": {
              "application/json": {
                "schema": {
                  "$ref": "#/components/schemas/ApplicationPlacementPage"
                }
              }
            }
          },
          "default": {
            "$ref": "#/components/responses/Error"
          }
        }
      }
    },
    "/v1/namespaces/{name}/reach": {
      "get": {
        "operationId": "getNamespaceReach",
        "summary": "The clusters that a namespace selects, by group, and its applications",
        "x-permission": [
          "res-edge.namespace.read"
        ],
        "parameters": [
          {
            "$ref": "#/components/parameters/name"
          }
        ],
        "responses": {
          "200": {
            "description": "The reach",
            "content": {
              "application/json": {
                "schema": {
                  "$ref": "#/components/schemas/NamespaceReach"
                }
              }
            }
          },
          "default": {
            "$ref": "#/components/responses/Error"
          }
        }
      }
    },
    "/v1/explain": {
      "get": {
        "operationId": "explain",
        "summary": "Why an application is placed on a cluster, or why not, step by step",
        "x-permission": [
          "res-edge.application.read",
          "res-edge.cluster.read"
        ],
        "parameters": [
          {
            "name": "application",
            "in": "query",
            "required": true,
            "schema": {
              "type": "string",
              "maxLength": 253
            }
          },
          {
            "name": "cluster",
            "in": "query",
            "required": true,
            "schema": {
              "type": "string",
              "maxLength": 253
            }
          }
        ],
        "responses": {
          "200": {
            "description": "The explanation",
            "content": {
              "application/json": {
                "schema": {
                  "$ref": "#/components/schemas/Explanation"
                }
              }
            }
          },
          "default": {
            "$ref": "#/components/responses/Error"
          }
        }
      }
    },
    "/v1/plans": {
      "get": {
        "operationId": "listPlans",
        "summary": "Plans, the newest first",
        "x-permission": [
          "res-edge.plan.read"
        ],
        "parameters": [
          {
            "$ref": "#/components/parameters/limit"
          },
          {
            "$ref": "#/components/parameters/cursor"
          }
        ],
        "responses": {
          "200": {
            "description": "A page",
            "content": {
              "application/json": {
                "schema": {
                  "$ref": "#/components/schemas/PlanPage"
                }
              }
            }
          },
          "default": {
            "$ref": "#/components/responses/Error"
          }
        }
      }
    },
    "/v1/plans/run": {
      "post": {
        "operationId": "runPlan",
        "summary": "Read the catalog and plan now, without waiting for the schedule",
        "x-permission": [
          "res-edge.plan.run"
        ],
        "responses": {
          "202": {
            "description": "Asked for",
            "content": {
              "application/json": {
                "schema": {
                  "type": "object",
                  "required": [
                    "requested"
                  ],
                  "properties": {
                    "requested": {
                      "const": true
                    }
                  }
                }
              }
            }
          },
          "default": {
            "$ref": "#/components/responses/Error"
          }
        }
      }
    },
    "/v1/plans/{id}": {
      "get": {
        "operationId": "getPlan",
        "summary": "One plan with what it changes, by application and group",
        "x-permission": [
          "res-edge.plan.read"
        ],
        "parameters": [
          {
            "$ref": "#/components/parameters/id"
          }
        ],
        "responses": {
          "200": {
            "description": "The plan",
            "content": {
              "application/json": {
                "schema": {
                  "$ref": "#/components/schemas/Plan"
                }
              }
            }
          },
          "default": {
            "$ref": "#/components/responses/Error"
          }
        }
      }
    },
    "/v1/policies": {
      "get": {
        "operationId": "listPolicies",
        "summary": "All policies by name; what each says, and what it does as of the latest run",
        "x-permission": [
          "res-edge.policy.read"
        ],
        "responses": {
          "200": {
            "description": "The list",
            "content": {
              "application/json": {
                "schema": {
                  "$ref": "#/components/schemas/PolicyList"
                }
              }
            }
          },
          "default": {
            "$ref": "#/components/responses/Error"
          }
        }
      }
    },
    "/v1/policies/calendar": {
      "get": {
        "operationId": "getPolicyCalendar",
        "summary": "Freezes, overrides, and the hours in which windows open, for the next two weeks",
        "x-permission": [
          "res-edge.policy.read"
        ],
        "responses": {
          "200": {
            "description": "The calendar",
            "content": {
              "application/json": {
                "schema": {
                  "$ref": "#/components/schemas/PolicyCalendar"
                }
              }
            }
          },
          "default": {
            "$ref": "#/components/responses/Error"
          }
        }
      }
    },
    "/v1/records": {
      "get": {
        "operationId": "listRecords",
        "summary": "Records of the inventory with their origins, and what changed since a revision, for those who keep a copy",
        "description": "Without `since`: every record, page by page. With it: what is other than at that revision; 410 where changes are not kept\nfor so long, and everything has to be read again. Whoever reads all pages and then asks for changes since the\n`revision` of the first page misses nothing.\n",
        "x-permission": [
          "res-edge.cluster.read",
          "res-edge.group.read",
          "res-edge.namespace.read",
          "res-edge.application.read",
          "res-edge.policy.read"
        ],
        "parameters": [
          {
            "name": "origin",
            "in": "query",
            "description": "Only records of these origins; a record that has another one by now counts as deleted",
            "style": "form",
            "explode": true,
            "schema": {
              "type": "array",
              "maxItems": 3,
              "items": {
                "type": "string",
                "enum": [
                  "catalog",
                  "api",
                  "provider"
                ]
              }
            }
          },
          {
            "name": "since",
            "in": "query",
            "description": "A revision of the inventory",
            "schema": {
              "type": "integer",
              "minimum": 0
            }
          },
          {
            "$ref": "#/components/parameters/limit"
          },
          {
            "$ref": "#/components/parameters/cursor"
          }
        ],
        "responses": {
          "200": {
            "description": "A page; changes come in one",
            "content": {
              "application/json": {
                "schema": {
                  "$ref": "#/components/schemas/RecordPage"
                }
              }
            }
          },
          "default": {
            "$ref": "#/components/responses/Error"
          }
        }
      }
    },
    "/v1/rollouts": {
      "get": {
        "operationId": "listRollouts",
        "summary": "The newest rollout of each application, as of the latest run",
        "x-permission": [
          "res-edge.application.read"
        ],
        "responses": {
          "200": {
            "description": "The rollouts",
            "content": {
              "application/json": {
                "schema": {
                  "$ref": "#/components/schemas/RolloutList"
                }
              }
            }
          },
          "default": {
            "$ref": "#/components/responses/Error"
          }
        }
      }
    },
    "/v1/rollouts:history": {
      "get": {
        "operationId": "getRolloutHistory",
        "summary": "All rollouts of an application, or of the content of a namespace or a group, the newest first",
        "x-permission": [
          "res-edge.application.read"
        ],
        "parameters": [
          {
            "name": "application",
            "in": "query",
            "required": true,
            "description": "A name, or `namespaces/<name>` or `groups/<name>` for the content of a namespace or a group",
            "schema": {
              "type": "string",
              "minLength": 1,
              "maxLength": 253
            }
          },
          {
            "$ref": "#/components/parameters/limit"
          },
          {
            "$ref": "#/components/parameters/cursor"
          }
        ],
        "responses": {
          "200": {
            "description": "A page",
            "content": {
              "application/json": {
                "schema": {
                  "$ref": "#/components/schemas/RolloutHistory"
                }
              }
            }
          },
          "default": {
            "$ref": "#/components/responses/Error"
          }
        }
      }
    },
    "/v1/rollouts:simulate": {
      "post": {
        "operationId": "simulateRollout",
        "summary": "Play a rollout over the next days, hour by hour; nothing is stored",
        "description": "What rolls out is the release that is under way, or the one that the mutations or `version` bring. The rules are those of\nthe policies as they are, or as the mutations make them; those are as in a what-if, and need the permissions of the writes\nthemselves, yet may be about entities of any origin. What the fleet does is assumed. Counts are of what the caller may see.\n",
        "x-permission": [
          "res-edge.application.read"
        ],
        "requestBody": {
          "required": true,
          "content": {
            "application/json": {
              "schema": {
                "$ref": "#/components/schemas/RolloutSimulationRequest"
              }
            }
          }
        },
        "responses": {
          "200": {
            "description": "What would happen",
            "content": {
              "application/json": {
                "schema": {
                  "$ref": "#/components/schemas/RolloutSimulation"
                }
              }
            }
          },
          "default": {
            "$ref": "#/components/responses/Error"
          }
        }
      }
    },
    "/v1/rollouts/{id}": {
      "get": {
        "operationId": "getRollout",
        "summary": "A rollout with all that happened to it",
        "x-permission": [
          "res-edge.application.read"
        ],
        "parameters": [
          {
            "$ref": "#/components/parameters/id"
          }
        ],
        "responses": {
          "200": {
            "description": "The rollout",
            "content": {
              "application/json": {
                "schema": {
                  "$ref": "#/components/schemas/RolloutDetails"
                }
              }
            }
          },
          "default": {
            "$ref": "#/components/responses/Error"
          }
        }
      }
    },
    "/v1/rollouts/{id}/{command}": {
      "post": {
        "operationId": "commandRollout",
        "summary": "Pause, resume, promote, skip, abort or roll back",
        "x-permission": [
          "res-edge.rollout.command"
        ],
        "parameters": [
          {
            "$ref": "#/components/parameters/id"
          },
          {
            "name": "command",
            "in": "path",
            "required": true,
            "schema": {
              "$ref": "#/components/schemas/RolloutCommand"
            }
          }
        ],
        "requestBody": {
          "required": true,
          "content": {
            "application/json": {
              "schema": {
                "type": "object",
                "additionalProperties": false,
                "properties": {
                  "ring": {
                    "type": "string",
                    "maxLength": 63,
                    "description": "To promote, or to skip: the one that waits next where left out"
                  },
                  "reason": {
                    "type": "string",
                    "minLength": 1,
                    "maxLength": 1000
                  }
                }
              }
            }
          }
        },
        "responses": {
          "200": {
            "description": "The rollout afterwards",
            "content": {
              "application/json": {
                "schema": {
                  "$ref": "#/components/schemas/RolloutDetails"
                }
              }
            }
          },
          "default": {
            "$ref": "#/components/responses/Error"
          }
        }
      }
    },
    "/v1/selectors/preview": {
      "post": {
        "operationId": "previewSelector",
        "summary": "Which clusters a selector matches now; nothing is stored",
        "x-permission": [
          "res-edge.cluster.read"
        ],
        "requestBody": {
          "required": true,
          "content": {
            "application/json": {
              "schema": {
                "type": "object",
                "additionalProperties": false,
                "required": [
                  "selector"
                ],
                "properties": {
                  "selector": {
                    "$ref": "#/components/schemas/Selector"
                  },
                  "sample": {
                    "type": "integer",
                    "minimum": 0,
                    "maximum": 1000,
                    "default": 20,
                    "description": "How many names to give"
                  },
                  "by": {
                    "type": "string",
                    "maxLength": 253,
                    "description": "Count by the children of this group; without it, by those of each root"
                  }
                }
              }
            }
          }
        },
        "responses": {
          "200": {
            "description": "The matches",
            "content": {
              "application/json": {
                "schema": {
                  "$ref": "#/components/schemas/SelectorPreview"
                }
              }
            }
          },
          "default": {
            "$ref": "#/components/responses/Error"
          }
        }
      }
    },
    "/v1/sources": {
      "post": {
        "operationId": "storeSource",
        "summary": "Keep manifests for an application that this API creates; the same ones are kept once",
        "description": "Answers with the path that `spec.source.path` of the application takes, or, with a file's path after it, a patch of its\noverrides. What no entity names is forgotten after 30 days.\n",
        "x-permission": [
          "res-edge.application.create",
          "res-edge.application.update"
        ],
        "requestBody": {
          "required": true,
          "content": {
            "application/json": {
              "schema": {
                "type": "object",
                "additionalProperties": false,
                "required": [
                  "files"
                ],
                "properties": {
                  "files": {
                    "type": "object",
                    "description": "Texts by their paths, such as kustomization.yaml or base/service.yaml",
                    "minProperties": 1,
                    "maxProperties": 500,
                    "additionalProperties": {
                      "type": "string"
                    }
                  }
                }
              }
            }
          }
        },
        "responses": {
          "200": {
            "description": "It is kept",
            "content": {
              "application/json": {
                "schema": {
                  "$ref": "#/components/schemas/StoredSource"
                }
              }
            }
          },
          "default": {
            "$ref": "#/components/responses/Error"
          }
        }
      }
    },
    "/v1/status": {
      "get": {
        "operationId": "getFleetStatus",
        "summary": "How many clusters are heard of, and how many have what is wanted of each application",
        "x-permission": [
          "res-edge.cluster.read"
        ],
        "responses": {
          "200": {
            "description": "The status",
            "content": {
              "application/json": {
                "schema": {
                  "$ref": "#/components/schemas/FleetStatus"
                }
              }
            }
          },
          "default": {
            "$ref": "#/components/responses/Error"
          }
        }
      },
      "post": {
        "operationId": "reportStatus",
        "summary": "Report of many clusters what they say of themselves",
        "description": "For sources that are neither Flux nor Argo CD, which have webhooks of their own. The body is `{ reports: […] }`, or as\n`application/x-ndjson` one report a line. Reports that are not newer than what is known change nothing.\n",
        "x-permission": [
          "res-edge.status.report"
        ],
        "requestBody": {
          "required": true,
          "content": {
            "application/json": {
              "schema": {
                "$ref": "#/components/schemas/StatusReports"
              }
            },
            "application/x-ndjson": {
              "schema": {}
            }
          }
        },
        "responses": {
          "200": {
            "description": "What became of them",
            "content": {
              "application/json": {
                "schema": {
                  "$ref": "#/components/schemas/StatusReportSummary"
                }
              }
            }
          },
          "default": {
            "$ref": "#/components/responses/Error"
          }
        }
      }
    },
    "/v1/clusters/{name}/status": {
      "get": {
        "operationId": "getClusterStatus",
        "summary": "What a cluster is told to run, and what it reports",
        "x-permission": [
          "res-edge.cluster.read"
        ],
        "parameters": [
          {
            "$ref": "#/components/parameters/name"
          }
        ],
        "responses": {
          "200": {
            "description": "The status",
            "content": {
              "application/json": {
                "schema": {
                  "$ref": "#/components/schemas/ClusterStatus"
                }
              }
            }
          },
          "default": {
            "$ref": "#/components/responses/Error"
          }
        }
      }
    },
    "/v1/applications/{name}/status": {
      "get": {
        "operationId": "getApplicationStatus",
        "summary": "On how many clusters an application is as it is wanted, by group, and on which it is not",
        "x-permission": [
          "res-edge.application.read"
        ],
        "parameters": [
          {
            "$ref": "#/components/parameters/name"
          },
          {
            "name": "state",
            "in": "query",
            "description": "Only these clusters; drift: all that are not current",
            "schema": {
              "type": "string",
              "enum": [
                "current",
                "progressing",
                "awaited",
                "failed",
                "behind",
                "stale",
                "offline",
                "unknown",
                "drift"
              ]
            }
          },
          {
            "$ref": "#/components/parameters/limit"
          },
          {
            "$ref": "#/components/parameters/cursor"
          }
        ],
        "responses": {
          "200": {
            "description": "A page",
            "content": {
              "application/json": {
                "schema": {
                  "$ref": "#/components/schemas/ApplicationStatusPage"
                }
              }
            }
          },
          "default": {
            "$ref": "#/components/responses/Error"
          }
        }
      }
    },
    "/v1/what-if": {
      "post": {
        "operationId": "whatIf",
        "summary": "Say what writes would cause, as if they were made and all that they ask for merged; nothing is stored",
        "description": "The body is that of a batch. Each mutation has the result that a dry run gives it; those that would fail are left out of\nthe effect. The caller needs the permissions of the writes themselves, and what he may not see is in no count.\n",
        "x-permission": [
          "res-edge.cluster.create",
          "res-edge.group.create",
          "res-edge.namespace.create",
          "res-edge.application.create",
          "res-edge.policy.create",
          "res-edge.cluster.update",
          "res-edge.group.update",
          "res-edge.namespace.update",
          "res-edge.application.update",
          "res-edge.policy.update",
          "res-edge.cluster.delete",
          "res-edge.group.delete",
          "res-edge.namespace.delete",
          "res-edge.application.delete",
          "res-edge.policy.delete"
        ],
        "requestBody": {
          "required": true,
          "content": {
            "application/json": {
              "schema": {
                "$ref": "#/components/schemas/Batch"
              }
            }
          }
        },
        "responses": {
          "200": {
            "description": "What would become of each, and of the fleet",
            "content": {
              "application/json": {
                "schema": {
                  "$ref": "#/components/schemas/WhatIf"
                }
              }
            }
          },
          "default": {
            "$ref": "#/components/responses/Error"
          }
        }
      }
    }
  },
  "components": {
    "parameters": {
      "kind": {
        "name": "kind",
        "in": "query",
        "schema": {
          "$ref": "#/components/schemas/EdgeKind"
        }
      },
      "name": {
        "name": "name",
        "in": "path",
        "required": true,
        "schema": {
          "type": "string",
          "maxLength": 253
        }
      },
      "id": {
        "name": "id",
        "in": "path",
        "required": true,
        "schema": {
          "type": "string",
          "maxLength": 253
        }
      },
      "limit": {
        "name": "limit",
        "in": "query",
        "schema": {
          "type": "integer",
          "minimum": 1,
          "maximum": 1000,
          "default": 50
        }
      },
      "cursor": {
        "name": "cursor",
        "in": "query",
        "description": "nextCursor of the page before",
        "schema": {
          "type": "string",
          "maxLength": 1000
        }
      },
      "decidedKind": {
        "name": "kind",
        "in": "path",
        "required": true,
        "schema": {
          "$ref": "#/components/schemas/DecidedKind"
        }
      },
      "entityKind": {
        "name": "kind",
        "in": "path",
        "required": true,
        "schema": {
          "$ref": "#/components/schemas/EdgeKind"
        }
      },
      "ifMatch": {
        "name": "If-Match",
        "in": "header",
        "description": "Etags of which one must be the entity's; * for any",
        "schema": {
          "type": "string",
          "maxLength": 1000
        }
      },
      "ifNoneMatch": {
        "name": "If-None-Match",
        "in": "header",
        "description": "Etags of which none may be the entity's; * for any",
        "schema": {
          "type": "string",
          "maxLength": 1000
        }
      },
      "search": {
        "name": "search",
        "in": "query",
        "allowReserved": true,
        "description": "Words that must occur in name, title or labels",
        "schema": {
          "type": "string",
          "maxLength": 200
        }
      },
      "group": {
        "name": "group",
        "in": "query",
        "description": "Clusters in this group or below",
        "schema": {
          "type": "string",
          "minLength": 1,
          "maxLength": 253
        }
      },
      "descendants": {
        "name": "descendants",
        "in": "query",
        "description": "Whether clusters of the groups below count, too",
        "schema": {
          "type": "boolean",
          "default": true
        }
      },
      "selector": {
        "name": "selector",
        "in": "query",
        "allowReserved": true,
        "description": "Clusters that this selector matches: an expression in CEL or in the original's language, or a mapping as JSON (docs/selectors.md)",
        "schema": {
          "type": "string",
          "minLength": 1,
          "maxLength": 10000
        }
      },
      "filter": {
        "name": "filter",
        "in": "query",
        "allowReserved": true,
        "description": "Conditions on fields with commas between them, which must all hold: path=value (the same path again allows another value), path!=value, path (it is there), !path (it is missing). A backslash takes the next character as it is. Given several times, one of them must hold.",
        "style": "form",
        "explode": true,
        "schema": {
          "type": "array",
          "maxItems": 20,
          "items": {
            "type": "string",
            "minLength": 1,
            "maxLength": 2000
          }
        }
      },
      "problems": {
        "name": "problems",
        "in": "query",
        "description": "Only entities with problems",
        "schema": {
          "type": "boolean"
        }
      }
    },
    "responses": {
      "Error": {
        "description": "What is wrong; the message names the field, the value and what is allowed",
        "content": {
          "application/json": {
            "schema": {
              "$ref": "#/components/schemas/ErrorBody"
            }
          }
        }
      }
    },
    "schemas": {
      "ErrorBody": {
        "type": "object",
        "required": [
          "error"
        ],
        "properties": {
          "error": {
            "$ref": "#/components/schemas/ErrorDetails"
          }
        }
      },
      "ErrorDetails": {
        "type": "object",
        "required": [
          "name",
          "message"
        ],
        "properties": {
          "name": {
            "type": "string"
          },
          "message": {
            "type": "string"
          },
          "position": {
            "type": "integer",
            "minimum": 0,
            "description": "Where in the selector, in characters from its start"
          },
          "field": {
            "type": "string",
            "description": "The field that is wrong"
          },
          "etag": {
            "type": "string",
            "description": "The etag that the entity has, where another one was asked for"
          },
          "details": {
            "type": "array",
            "description": "Each thing that is wrong, with its place",
            "items": {
              "type": "object",
              "required": [
                "pointer",
                "message"
              ],
              "properties": {
                "pointer": {
                  "type": "string",
                  "description": "JSON pointer into the body or the mutation, or query:name, path:name, header:name"
                },
                "message": {
                  "type": "string"
                }
              }
            }
          }
        }
      },
      "EdgeKind": {
        "type": "string",
        "enum": [
          "EdgeCluster",
          "EdgeGroup",
          "EdgeNamespace",
          "EdgeApplication",
          "EdgePolicy"
        ]
      },
      "Selector": {
        "oneOf": [
          {
            "type": "string",
            "maxLength": 100000
          },
          {
            "type": "object"
          }
        ]
      },
      "Problem": {
        "type": "object",
        "required": [
          "entity",
          "field",
          "message"
        ],
        "properties": {
          "entity": {
            "type": "string"
          },
          "field": {
            "type": "string"
          },
          "message": {
            "type": "string"
          }
        }
      },
      "ResolvedValue": {
        "type": "object",
        "required": [
          "key",
          "value"
        ],
        "properties": {
          "key": {
            "type": "string"
          },
          "value": {
            "type": "string"
          },
          "origin": {
            "type": "string",
            "description": "Entity reference of the group or cluster that sets it; left out where the caller may not see that"
          },
          "overrides": {
            "type": "array",
            "description": "Weaker origins of the same key",
            "items": {
              "type": "object",
              "required": [
                "value",
                "origin"
              ],
              "properties": {
                "value": {
                  "type": "string"
                },
                "origin": {
                  "type": "string"
                }
              }
            }
          }
        }
      },
      "GroupCount": {
        "type": "object",
        "required": [
          "group",
          "count"
        ],
        "properties": {
          "group": {
            "type": "string"
          },
          "title": {
            "type": "string"
          },
          "count": {
            "type": "integer"
          },
          "total": {
            "type": "integer",
            "description": "Clusters in the group"
          },
          "hierarchy": {
            "type": "string",
            "description": "Title of the root above it"
          }
        }
      },
      "ReadDigest": {
        "type": "string",
        "maxLength": 100,
        "description": "The decision that was read; another one answers 409"
      },
      "ApprovalWord": {
        "type": "object",
        "description": "What somebody said",
        "required": [
          "actor",
          "at"
        ],
        "properties": {
          "actor": {
            "type": "string",
            "description": "Reference of the user"
          },
          "at": {
            "type": "string",
            "format": "date-time"
          },
          "from": {
            "type": "string",
            "format": "date-time",
            "description": "It counts from then on; from `at` where left out"
          },
          "until": {
            "type": "string",
            "format": "date-time"
          },
          "reason": {
            "type": "string"
          }
        }
      },
      "ApprovalState": {
        "type": "string",
        "enum": [
          "waiting",
          "early",
          "given",
          "refused"
        ],
        "description": "early: all agreed in advance, and it does not count yet"
      },
      "Approval": {
        "type": "object",
        "description": "How an approval of one decision stands",
        "required": [
          "policy",
          "state",
          "steps"
        ],
        "properties": {
          "policy": {
            "type": "string"
          },
          "state": {
            "$ref": "#/components/schemas/ApprovalState"
          },
          "steps": {
            "type": "array",
            "description": "One after the other",
            "items": {
              "type": "object",
              "required": [
                "from",
                "count",
                "given"
              ],
              "properties": {
                "from": {
                  "type": "array",
                  "items": {
                    "type": "string"
                  },
                  "description": "References of groups and users"
                },
                "count": {
                  "type": "integer",
                  "description": "How many of them"
                },
                "given": {
                  "type": "array",
                  "items": {
                    "$ref": "#/components/schemas/ApprovalWord"
                  }
                }
              }
            }
          },
          "open": {
            "type": "integer",
            "description": "Number of the step, from 0, that is asked now"
          },
          "refusal": {
            "$ref": "#/components/schemas/ApprovalWord"
          }
        }
      },
      "ApprovalInbox": {
        "type": "object",
        "required": [
          "items"
        ],
        "properties": {
          "items": {
            "type": "array",
            "items": {
              "type": "object",
              "required": [
                "kind",
                "id",
                "title",
                "policies"
              ],
              "properties": {
                "kind": {
                  "type": "string",
                  "enum": [
                    "changeRequest",
                    "guard"
                  ]
                },
                "id": {
                  "type": "string"
                },
                "title": {
                  "type": "string"
                },
                "since": {
                  "type": "string",
                  "format": "date-time"
                },
                "digest": {
                  "type": "string",
                  "description": "Of a change request: the decision that is asked about"
                },
                "policies": {
                  "type": "array",
                  "items": {
                    "type": "string"
                  },
                  "description": "Names of the approvals that ask the caller"
                }
              }
            }
          }
        }
      },
      "AuditKind": {
        "type": "string",
        "enum": [
          "EdgeCluster",
          "EdgeGroup",
          "EdgeNamespace",
          "EdgeApplication",
          "EdgePolicy",
          "Guard",
          "Plan"
        ]
      },
      "AuditOperation": {
        "type": "string",
        "description": "sync: read from the catalog or a provider; run: a plan was asked for; command: of a rollout; poll: a newer version of an application's source was found",
        "enum": [
          "create",
          "replace",
          "apply",
          "patch",
          "delete",
          "batch",
          "import",
          "sync",
          "merge",
          "adopt",
          "discard",
          "sign-off",
          "approve",
          "refuse",
          "break-glass",
          "command",
          "poll",
          "run"
        ]
      },
      "AuditEntry": {
        "type": "object",
        "required": [
          "sequence",
          "at",
          "actor",
          "operation",
          "kind",
          "name"
        ],
        "properties": {
          "sequence": {
            "type": "integer",
            "description": "Grows with each entry"
          },
          "at": {
            "type": "string",
            "format": "date-time"
          },
          "actor": {
            "type": "string"
          },
          "request": {
            "type": "string",
            "description": "The id of the request that did it"
          },
          "operation": {
            "$ref": "#/components/schemas/AuditOperation"
          },
          "origin": {
            "type": "string",
            "description": "Who owns the record: catalog, api or provider; left out for what is no write of the inventory"
          },
          "revision": {
            "type": "integer",
            "description": "Of the inventory"
          },
          "kind": {
            "$ref": "#/components/schemas/AuditKind"
          },
          "name": {
            "type": "string"
          },
          "before": {
            "type": "object",
            "additionalProperties": true,
            "description": "Left out where it is new"
          },
          "after": {
            "type": "object",
            "additionalProperties": true,
            "description": "Left out where it is gone"
          }
        }
      },
      "AuditPage": {
        "type": "object",
        "required": [
          "items"
        ],
        "properties": {
          "items": {
            "type": "array",
            "items": {
              "$ref": "#/components/schemas/AuditEntry"
            }
          },
          "nextCursor": {
            "type": "string"
          }
        }
      },
      "Batch": {
        "type": "object",
        "required": [
          "mutations"
        ],
        "properties": {
          "mutations": {
            "type": "array",
            "items": {
              "$ref": "#/components/schemas/Mutation"
            }
          }
        },
        "additionalProperties": false
      },
      "Mutation": {
        "type": "object",
        "description": "One write; kind and name may be left out where the entity says them",
        "required": [
          "action"
        ],
        "properties": {
          "action": {
            "type": "string",
            "enum": [
              "create",
              "replace",
              "apply",
              "patch",
              "delete"
            ],
            "description": "create: must be new or equal; replace: must be there; apply: creates or replaces; patch: a JSON merge patch"
          },
          "kind": {
            "$ref": "#/components/schemas/EdgeKind"
          },
          "name": {
            "type": "string",
            "maxLength": 253
          },
          "entity": {
            "type": "object",
            "additionalProperties": true
          },
          "patch": {
            "type": "object",
            "additionalProperties": true
          },
          "ifMatch": {
            "type": "string",
            "maxLength": 1000
          },
          "ifNoneMatch": {
            "type": "string",
            "maxLength": 1000
          }
        },
        "additionalProperties": false
      },
      "MutationResult": {
        "type": "object",
        "required": [
          "index",
          "kind",
          "name",
          "status"
        ],
        "properties": {
          "index": {
            "type": "integer",
            "description": "Which mutation, from 0"
          },
          "kind": {
            "$ref": "#/components/schemas/EdgeKind"
          },
          "name": {
            "type": "string"
          },
          "status": {
            "type": "string",
            "enum": [
              "created",
              "updated",
              "deleted",
              "unchanged",
              "failed"
            ]
          },
          "etag": {
            "type": "string"
          },
          "error": {
            "$ref": "#/components/schemas/ErrorDetails"
          }
        }
      },
      "BatchSummary": {
        "type": "object",
        "required": [
          "revision",
          "applied",
          "counts"
        ],
        "properties": {
          "revision": {
            "type": "integer",
            "description": "Of the inventory, afterwards"
          },
          "applied": {
            "type": "boolean",
            "description": "False for a dry run, and where one of an atomic batch failed: then nothing was written"
          },
          "counts": {
            "type": "object",
            "required": [
              "created",
              "updated",
              "deleted",
              "unchanged",
              "failed"
            ],
            "properties": {
              "created": {
                "type": "integer"
              },
              "updated": {
                "type": "integer"
              },
              "deleted": {
                "type": "integer"
              },
              "unchanged": {
                "type": "integer"
              },
              "failed": {
                "type": "integer"
              }
            }
          },
          "effect": {
            "description": "Of a dry run",
            "$ref": "#/components/schemas/WriteEffect"
          }
        }
      },
      "BatchResult": {
        "allOf": [
          {
            "$ref": "#/components/schemas/BatchSummary"
          },
          {
            "type": "object",
            "required": [
              "results"
            ],
            "properties": {
              "results": {
                "type": "array",
                "items": {
                  "$ref": "#/components/schemas/MutationResult"
                }
              }
            }
          }
        ]
      },
      "BootstrapFile": {
        "type": "object",
        "required": [
          "name",
          "purpose",
          "content"
        ],
        "properties": {
          "name": {
            "type": "string"
          },
          "purpose": {
            "type": "string",
            "description": "What it is for and how it is used"
          },
          "content": {
            "type": "string"
          }
        }
      },
      "ClusterBootstrap": {
        "type": "object",
        "required": [
          "cluster",
          "engine",
          "transport",
          "url",
          "branch",
          "files"
        ],
        "properties": {
          "cluster": {
            "type": "string"
          },
          "engine": {
            "type": "string",
            "enum": [
              "flux",
              "argocd"
            ]
          },
          "transport": {
            "type": "string",
            "enum": [
              "git",
              "oci"
            ]
          },
          "url": {
            "type": "string",
            "description": "The Git repository, or that of the artifact (`oci://…`)"
          },
          "branch": {
            "type": "string",
            "description": "That of the cluster's shard"
          },
          "tag": {
            "type": "string",
            "description": "The tag of the artifact that it follows; none with Git"
          },
          "secret": {
            "type": "string",
            "description": "The Secret on the cluster with what reads the repository; none where left out"
          },
          "files": {
            "type": "array",
            "description": "In the order in which they are used",
            "items": {
              "$ref": "#/components/schemas/BootstrapFile"
            }
          },
          "problems": {
            "type": "array",
            "description": "Windows that the cluster cannot keep by itself; nothing is held there because of them",
            "items": {
              "$ref": "#/components/schemas/Problem"
            }
          }
        }
      },
      "ChangeRequestState": {
        "type": "string",
        "enum": [
          "open",
          "merged",
          "superseded"
        ]
      },
      "ChangeRequest": {
        "type": "object",
        "required": [
          "id",
          "intent",
          "title",
          "state",
          "branch",
          "digest",
          "createdAt",
          "updatedAt",
          "mergeable",
          "totals"
        ],
        "properties": {
          "id": {
            "type": "string"
          },
          "intent": {
            "type": "string",
            "description": "Entity reference of what is asked for"
          },
          "title": {
            "type": "string"
          },
          "state": {
            "$ref": "#/components/schemas/ChangeRequestState"
          },
          "branch": {
            "type": "string"
          },
          "digest": {
            "type": "string",
            "description": "Of the decision: what an approval binds to"
          },
          "requestedBy": {
            "type": "string",
            "description": "Where the request comes from"
          },
          "createdAt": {
            "type": "string",
            "format": "date-time"
          },
          "updatedAt": {
            "type": "string",
            "format": "date-time"
          },
          "mergedAt": {
            "type": "string",
            "format": "date-time"
          },
          "mergedBy": {
            "type": "string"
          },
          "mergeCommit": {
            "type": "string"
          },
          "mergeable": {
            "type": "boolean"
          },
          "approvals": {
            "type": "array",
            "items": {
              "$ref": "#/components/schemas/Approval"
            },
            "description": "That it needs; left out where it needs none"
          },
          "blocked": {
            "type": "string",
            "description": "Why it cannot be merged now"
          },
          "pullRequest": {
            "$ref": "#/components/schemas/PullRequest"
          },
          "totals": {
            "type": "object",
            "required": [
              "won",
              "lost",
              "changed",
              "refused",
              "bills"
            ],
            "properties": {
              "won": {
                "type": "integer"
              },
              "lost": {
                "type": "integer"
              },
              "changed": {
                "type": "integer"
              },
              "refused": {
                "type": "integer"
              },
              "bills": {
                "type": "integer"
              }
            }
          }
        }
      },
      "PullRequest": {
        "type": "object",
        "description": "Where a change request is reviewed, if not here alone",
        "required": [
          "number",
          "url",
          "state"
        ],
        "properties": {
          "number": {
            "type": "integer"
          },
          "url": {
            "type": "string"
          },
          "state": {
            "type": "string",
            "enum": [
              "open",
              "closed",
              "merged"
            ]
          }
        }
      },
      "ChangeRequestPage": {
        "type": "object",
        "required": [
          "items",
          "total"
        ],
        "properties": {
          "items": {
            "type": "array",
            "items": {
              "$ref": "#/components/schemas/ChangeRequest"
            }
          },
          "total": {
            "type": "integer"
          },
          "nextCursor": {
            "type": "string"
          }
        }
      },
      "FileDiff": {
        "type": "object",
        "required": [
          "path",
          "status"
        ],
        "properties": {
          "path": {
            "type": "string"
          },
          "status": {
            "type": "string",
            "enum": [
              "added",
              "changed",
              "removed"
            ]
          },
          "patch": {
            "type": "string",
            "description": "Unified diff; left out where it is too long"
          }
        }
      },
      "ChangeRequestDetails": {
        "allOf": [
          {
            "$ref": "#/components/schemas/ChangeRequest"
          },
          {
            "type": "object",
            "required": [
              "plan",
              "files"
            ],
            "properties": {
              "description": {
                "type": "string"
              },
              "plan": {
                "$ref": "#/components/schemas/Plan"
              },
              "files": {
                "type": "array",
                "items": {
                  "$ref": "#/components/schemas/FileDiff"
                }
              }
            }
          }
        ]
      },
      "ChangePage": {
        "type": "object",
        "required": [
          "revision",
          "changes"
        ],
        "properties": {
          "revision": {
            "type": "integer",
            "description": "Of the inventory, when this was read"
          },
          "changes": {
            "type": "array",
            "items": {
              "type": "object",
              "required": [
                "revision",
                "action",
                "kind",
                "name"
              ],
              "properties": {
                "revision": {
                  "type": "integer"
                },
                "action": {
                  "type": "string",
                  "enum": [
                    "created",
                    "updated",
                    "deleted"
                  ]
                },
                "kind": {
                  "$ref": "#/components/schemas/EdgeKind"
                },
                "name": {
                  "type": "string"
                }
              }
            }
          },
          "nextCursor": {
            "type": "string"
          }
        }
      },
      "DecidedKind": {
        "type": "string",
        "enum": [
          "EdgeApplication",
          "EdgeNamespace",
          "EdgeGroup",
          "EdgePolicy"
        ],
        "description": "Kinds that people decide about, on main"
      },
      "Drift": {
        "type": "object",
        "description": "What people changed by hand in the files of one entity on main; nothing else is merged over it",
        "required": [
          "entity",
          "kind",
          "name",
          "digest",
          "commits",
          "paths",
          "readable"
        ],
        "properties": {
          "entity": {
            "type": "string",
            "description": "Entity reference"
          },
          "kind": {
            "$ref": "#/components/schemas/DecidedKind"
          },
          "name": {
            "type": "string"
          },
          "digest": {
            "type": "string",
            "description": "Of the commits: what a verdict binds to"
          },
          "commits": {
            "type": "array",
            "description": "The oldest first",
            "items": {
              "type": "object",
              "required": [
                "commit",
                "author",
                "date",
                "subject"
              ],
              "properties": {
                "commit": {
                  "type": "string"
                },
                "author": {
                  "type": "string"
                },
                "date": {
                  "type": "string",
                  "format": "date-time"
                },
                "subject": {
                  "type": "string"
                }
              }
            }
          },
          "paths": {
            "type": "array",
            "items": {
              "type": "string"
            }
          },
          "readable": {
            "type": "boolean",
            "description": "False where it cannot be read: the entity stays as it was decided before, and nothing can be adopted"
          }
        }
      },
      "DriftList": {
        "type": "object",
        "required": [
          "items"
        ],
        "properties": {
          "items": {
            "type": "array",
            "items": {
              "$ref": "#/components/schemas/Drift"
            }
          }
        }
      },
      "DriftDetails": {
        "allOf": [
          {
            "$ref": "#/components/schemas/Drift"
          },
          {
            "type": "object",
            "required": [
              "files"
            ],
            "properties": {
              "files": {
                "type": "array",
                "items": {
                  "$ref": "#/components/schemas/FileDiff"
                }
              }
            }
          }
        ]
      },
      "DriftVerdict": {
        "type": "object",
        "additionalProperties": false,
        "required": [
          "digest"
        ],
        "properties": {
          "digest": {
            "type": "string",
            "maxLength": 100,
            "description": "The change that was read; another one answers 409"
          },
          "reason": {
            "type": "string",
            "maxLength": 1000,
            "description": "Goes into the message of the commit"
          }
        }
      },
      "EntityCounts": {
        "type": "object",
        "required": [
          "by",
          "total",
          "distinct",
          "counts"
        ],
        "properties": {
          "by": {
            "type": "string"
          },
          "total": {
            "type": "integer",
            "description": "Entities that the query finds"
          },
          "distinct": {
            "type": "integer",
            "description": "How many values there are"
          },
          "counts": {
            "type": "array",
            "items": {
              "type": "object",
              "required": [
                "value",
                "count"
              ],
              "properties": {
                "value": {
                  "type": "string"
                },
                "title": {
                  "type": "string",
                  "description": "Of a group"
                },
                "count": {
                  "type": "integer"
                }
              }
            }
          }
        }
      },
      "EntityRow": {
        "type": "object",
        "required": [
          "kind",
          "name",
          "labels",
          "problems"
        ],
        "properties": {
          "kind": {
            "$ref": "#/components/schemas/EdgeKind"
          },
          "name": {
            "type": "string"
          },
          "title": {
            "type": "string"
          },
          "owner": {
            "type": "string"
          },
          "state": {
            "type": "string",
            "description": "Of a cluster"
          },
          "environment": {
            "type": "string"
          },
          "groups": {
            "type": "array",
            "items": {
              "type": "string"
            }
          },
          "labels": {
            "type": "object",
            "additionalProperties": {
              "type": "string"
            }
          },
          "problems": {
            "type": "integer"
          },
          "applications": {
            "type": "integer",
            "description": "Of a cluster: how many run there"
          },
          "entity": {
            "type": "object",
            "additionalProperties": true,
            "description": "The fields asked for"
          },
          "expanded": {
            "type": "object",
            "description": "Of a cluster, the parts asked for",
            "properties": {
              "shard": {
                "type": "string"
              },
              "groups": {
                "type": "array",
                "items": {
                  "type": "string"
                }
              },
              "namespaces": {
                "type": "array",
                "items": {
                  "type": "object",
                  "required": [
                    "name"
                  ],
                  "properties": {
                    "name": {
                      "type": "string"
                    },
                    "title": {
                      "type": "string"
                    }
                  }
                }
              },
              "applications": {
                "type": "array",
                "items": {
                  "$ref": "#/components/schemas/ClusterPlacement"
                }
              },
              "values": {
                "type": "array",
                "items": {
                  "$ref": "#/components/schemas/ResolvedValue"
                }
              },
              "usage": {
                "$ref": "#/components/schemas/ClusterUsage"
              }
            }
          }
        }
      },
      "EntityPage": {
        "type": "object",
        "required": [
          "items",
          "total"
        ],
        "properties": {
          "items": {
            "type": "array",
            "items": {
              "$ref": "#/components/schemas/EntityRow"
            }
          },
          "total": {
            "type": "integer"
          },
          "nextCursor": {
            "type": "string"
          }
        }
      },
      "EntityInput": {
        "type": "object",
        "description": "An entity as YAML has it; its schema is checked as that of registered YAML is",
        "required": [
          "apiVersion",
          "kind",
          "metadata",
          "spec"
        ],
        "properties": {
          "kind": {
            "$ref": "#/components/schemas/EdgeKind"
          },
          "metadata": {
            "type": "object",
            "required": [
              "name"
            ],
            "properties": {
              "name": {
                "type": "string",
                "maxLength": 253
              }
            },
            "additionalProperties": true
          },
          "spec": {
            "type": "object",
            "additionalProperties": true
          }
        },
        "additionalProperties": true
      },
      "EntityOrigin": {
        "type": "object",
        "description": "Who owns the entity; only there it can be changed",
        "required": [
          "type"
        ],
        "properties": {
          "type": {
            "type": "string",
            "enum": [
              "catalog",
              "api",
              "provider"
            ],
            "description": "catalog: registered YAML; api: this API; provider: the inventory of a cloud"
          },
          "location": {
            "type": "string",
            "description": "Where it is registered, or the name of the provider"
          }
        }
      },
      "EntityRecord": {
        "type": "object",
        "required": [
          "entity",
          "origin",
          "etag",
          "createdAt",
          "updatedAt"
        ],
        "properties": {
          "entity": {
            "type": "object",
            "additionalProperties": true
          },
          "origin": {
            "$ref": "#/components/schemas/EntityOrigin"
          },
          "etag": {
            "type": "string",
            "description": "For If-Match: the revision at which it was last written, in quotes"
          },
          "createdAt": {
            "type": "string",
            "format": "date-time"
          },
          "updatedAt": {
            "type": "string",
            "format": "date-time"
          }
        }
      },
      "InventoryEntity": {
        "allOf": [
          {
            "$ref": "#/components/schemas/EntityRecord"
          },
          {
            "type": "object",
            "required": [
              "problems"
            ],
            "properties": {
              "problems": {
                "type": "array",
                "items": {
                  "$ref": "#/components/schemas/Problem"
                }
              }
            }
          }
        ]
      },
      "ProblemPage": {
        "type": "object",
        "required": [
          "items",
          "total"
        ],
        "properties": {
          "items": {
            "type": "array",
            "items": {
              "$ref": "#/components/schemas/Problem"
            }
          },
          "total": {
            "type": "integer"
          },
          "nextCursor": {
            "type": "string"
          }
        }
      },
      "FleetSummary": {
        "type": "object",
        "required": [
          "clusters",
          "groups",
          "namespaces",
          "applications",
          "policies",
          "placements",
          "problems",
          "openChangeRequests",
          "delivery"
        ],
        "properties": {
          "clusters": {
            "type": "object",
            "required": [
              "total",
              "byState"
            ],
            "properties": {
              "total": {
                "type": "integer"
              },
              "byState": {
                "type": "object",
                "additionalProperties": {
                  "type": "integer"
                }
              }
            }
          },
          "groups": {
            "type": "integer"
          },
          "namespaces": {
            "type": "integer"
          },
          "applications": {
            "type": "integer"
          },
          "policies": {
            "type": "integer"
          },
          "placements": {
            "type": "object",
            "required": [
              "placed",
              "refused",
              "held"
            ],
            "properties": {
              "placed": {
                "type": "integer"
              },
              "refused": {
                "type": "integer"
              },
              "held": {
                "type": "integer",
                "description": "Changes that wait for a window, a freeze or another change"
              }
            }
          },
          "problems": {
            "type": "integer"
          },
          "openChangeRequests": {
            "type": "integer"
          },
          "plan": {
            "$ref": "#/components/schemas/PlanSummary"
          },
          "delivery": {
            "type": "object",
            "required": [
              "shards",
              "clusters",
              "state"
            ],
            "properties": {
              "shards": {
                "type": "integer"
              },
              "clusters": {
                "type": "integer",
                "description": "Clusters that have a bill"
              },
              "state": {
                "type": "string",
                "enum": [
                  "never",
                  "delivering",
                  "delivered",
                  "failed"
                ]
              },
              "message": {
                "type": "string"
              },
              "deliveredAt": {
                "type": "string",
                "format": "date-time"
              },
              "mainCommit": {
                "type": "string"
              }
            }
          }
        }
      },
      "GroupRow": {
        "type": "object",
        "required": [
          "name",
          "clusters",
          "children"
        ],
        "properties": {
          "name": {
            "type": "string"
          },
          "title": {
            "type": "string"
          },
          "type": {
            "type": "string",
            "description": "The name of the hierarchy, on a root"
          },
          "clusters": {
            "type": "integer",
            "description": "In it or below"
          },
          "children": {
            "type": "integer",
            "description": "How many groups it has directly below"
          },
          "problems": {
            "type": "integer"
          }
        }
      },
      "GroupList": {
        "type": "object",
        "required": [
          "items"
        ],
        "properties": {
          "items": {
            "type": "array",
            "items": {
              "$ref": "#/components/schemas/GroupRow"
            }
          }
        }
      },
      "GroupDetails": {
        "type": "object",
        "required": [
          "group",
          "path",
          "children",
          "direct",
          "values"
        ],
        "properties": {
          "group": {
            "$ref": "#/components/schemas/GroupRow"
          },
          "path": {
            "type": "array",
            "description": "From the root to its parent",
            "items": {
              "type": "object",
              "required": [
                "name"
              ],
              "properties": {
                "name": {
                  "type": "string"
                },
                "title": {
                  "type": "string"
                }
              }
            }
          },
          "children": {
            "type": "array",
            "items": {
              "$ref": "#/components/schemas/GroupRow"
            }
          },
          "direct": {
            "type": "integer",
            "description": "Clusters that are in this group itself"
          },
          "values": {
            "type": "array",
            "items": {
              "$ref": "#/components/schemas/ResolvedValue"
            }
          }
        }
      },
      "Guard": {
        "type": "object",
        "description": "Losses that wait for a person. One loss may be in several of them, and waits for one sign-off",
        "required": [
          "id",
          "scope",
          "name",
          "lost",
          "before",
          "total",
          "losses"
        ],
        "properties": {
          "id": {
            "type": "string",
            "description": "Digest of what waits: where that changes, it is another one"
          },
          "scope": {
            "type": "string",
            "enum": [
              "application",
              "namespace",
              "group",
              "fleet",
              "deletion"
            ],
            "description": "What is looked at as a whole; deletion is of Kubernetes Namespaces"
          },
          "name": {
            "type": "string",
            "description": "Of the application, namespace or group; empty for the fleet"
          },
          "lost": {
            "type": "integer",
            "description": "Clusters that lose something of it, within 24 hours"
          },
          "before": {
            "type": "integer",
            "description": "Of these, clusters that lost it already"
          },
          "total": {
            "type": "integer",
            "description": "Clusters that have it, or had it"
          },
          "approvals": {
            "type": "array",
            "items": {
              "$ref": "#/components/schemas/Approval"
            },
            "description": "That a sign-off needs; left out where one person is enough"
          },
          "losses": {
            "type": "array",
            "description": "What waits",
            "items": {
              "type": "object",
              "required": [
                "kind",
                "name",
                "clusters",
                "gone"
              ],
              "properties": {
                "kind": {
                  "type": "string",
                  "enum": [
                    "application",
                    "namespace"
                  ]
                },
                "name": {
                  "type": "string"
                },
                "clusters": {
                  "$ref": "#/components/schemas/ClusterSet"
                },
                "gone": {
                  "type": "array",
                  "description": "Clusters that are no longer registered",
                  "items": {
                    "type": "string"
                  }
                }
              }
            }
          }
        }
      },
      "GuardList": {
        "type": "object",
        "required": [
          "items"
        ],
        "properties": {
          "items": {
            "type": "array",
            "items": {
              "$ref": "#/components/schemas/Guard"
            }
          }
        }
      },
      "ImportFormat": {
        "type": "string",
        "enum": [
          "csv",
          "ndjson",
          "yaml",
          "original",
          "resources"
        ],
        "description": "csv: rows, with a mapping; ndjson: an entity a line; yaml: documents; original: answers and bodies of the original's API; resources: Backstage entities of kind Resource"
      },
      "ImportRequest": {
        "type": "object",
        "properties": {
          "content": {
            "type": "string",
            "description": "The file, as text"
          },
          "mapping": {
            "$ref": "#/components/schemas/CsvMapping"
          },
          "defaults": {
            "type": "object",
            "description": "Values of fields that a record leaves out, by kind and the field's path, such as spec.environment",
            "properties": {
              "EdgeCluster": {
                "$ref": "#/components/schemas/FieldValues"
              },
              "EdgeGroup": {
                "$ref": "#/components/schemas/FieldValues"
              },
              "EdgeNamespace": {
                "$ref": "#/components/schemas/FieldValues"
              },
              "EdgeApplication": {
                "$ref": "#/components/schemas/FieldValues"
              },
              "EdgePolicy": {
                "$ref": "#/components/schemas/FieldValues"
              }
            },
            "additionalProperties": false
          }
        },
        "additionalProperties": false
      },
      "FieldValues": {
        "type": "object",
        "maxProperties": 100,
        "additionalProperties": true
      },
      "CsvMapping": {
        "type": "object",
        "description": "How the columns of a CSV file become fields of entities",
        "required": [
          "columns"
        ],
        "properties": {
          "kind": {
            "$ref": "#/components/schemas/EdgeKind"
          },
          "delimiter": {
            "type": "string",
            "enum": [
              ",",
              ";",
              "\t",
              "|"
            ],
            "default": ","
          },
          "columns": {
            "type": "object",
            "description": "By the header's text; a field such as metadata.name alone, or a mapping",
            "minProperties": 1,
            "maxProperties": 300,
            "additionalProperties": {
              "oneOf": [
                {
                  "type": "string",
                  "maxLength": 500
                },
                {
                  "$ref": "#/components/schemas/CsvColumn"
                }
              ]
            }
          }
        },
        "additionalProperties": false
      },
      "CsvColumn": {
        "type": "object",
        "required": [
          "field"
        ],
        "properties": {
          "field": {
            "type": "string",
            "maxLength": 500,
            "description": "Such as metadata.labels.ring, spec.attributes.lanes, spec.groups; several columns may add to one list"
          },
          "type": {
            "type": "string",
            "enum": [
              "string",
              "number",
              "boolean",
              "list"
            ],
            "description": "Of an attribute; other fields have theirs"
          },
          "separator": {
            "type": "string",
            "minLength": 1,
            "maxLength": 10,
            "description": "Between the entries of a list: ; where left out"
          },
          "prefix": {
            "type": "string",
            "maxLength": 63,
            "description": "Put before each entry"
          },
          "lowerCase": {
            "type": "boolean"
          }
        },
        "additionalProperties": false
      },
      "ImportedRecord": {
        "type": "object",
        "required": [
          "number",
          "status"
        ],
        "properties": {
          "number": {
            "type": "integer",
            "description": "From 1"
          },
          "line": {
            "type": "integer",
            "description": "Where it begins, from 1"
          },
          "kind": {
            "$ref": "#/components/schemas/EdgeKind"
          },
          "name": {
            "type": "string"
          },
          "status": {
            "type": "string",
            "enum": [
              "created",
              "updated",
              "unchanged",
              "failed",
              "skipped"
            ],
            "description": "skipped: it is none of Res-Edge, and a note says why"
          },
          "column": {
            "type": "string",
            "description": "The column that is wrong"
          },
          "error": {
            "$ref": "#/components/schemas/ErrorDetails"
          },
          "notes": {
            "type": "array",
            "description": "What of it was left out",
            "items": {
              "type": "string"
            }
          }
        }
      },
      "ImportReport": {
        "type": "object",
        "required": [
          "revision",
          "applied",
          "counts",
          "records"
        ],
        "properties": {
          "revision": {
            "type": "integer",
            "description": "Of the inventory, afterwards"
          },
          "applied": {
            "type": "boolean",
            "description": "False for a dry run, and where one of an atomic import failed: then nothing was written"
          },
          "counts": {
            "type": "object",
            "required": [
              "created",
              "updated",
              "unchanged",
              "failed",
              "skipped"
            ],
            "properties": {
              "created": {
                "type": "integer"
              },
              "updated": {
                "type": "integer"
              },
              "unchanged": {
                "type": "integer"
              },
              "failed": {
                "type": "integer"
              },
              "skipped": {
                "type": "integer"
              }
            }
          },
          "effect": {
            "description": "Of a dry run",
            "$ref": "#/components/schemas/WriteEffect"
          },
          "records": {
            "type": "array",
            "items": {
              "$ref": "#/components/schemas/ImportedRecord"
            }
          }
        }
      },
      "PlacementState": {
        "type": "string",
        "enum": [
          "placed",
          "refused",
          "not-targeted"
        ]
      },
      "ClusterPlacement": {
        "type": "object",
        "required": [
          "application",
          "state",
          "reason"
        ],
        "properties": {
          "application": {
            "type": "string"
          },
          "title": {
            "type": "string"
          },
          "namespace": {
            "type": "string"
          },
          "state": {
            "$ref": "#/components/schemas/PlacementState"
          },
          "version": {
            "type": "string",
            "description": "The version decided"
          },
          "ring": {
            "type": "string",
            "description": "The cluster's ring in the rollout of the application; left out where it has none"
          },
          "delivered": {
            "type": "string",
            "description": "The version in the bill of the cluster"
          },
          "step": {
            "type": "string",
            "enum": [
              "target",
              "prohibit",
              "fit",
              "depend"
            ],
            "description": "The step that refused"
          },
          "reason": {
            "type": "string"
          },
          "rule": {
            "type": "string",
            "description": "Entity reference of the rule that decided"
          },
          "held": {
            "$ref": "#/components/schemas/HeldChange"
          },
          "eta": {
            "$ref": "#/components/schemas/ChangeEta"
          }
        }
      },
      "ChangeEta": {
        "type": "object",
        "description": "When a release that rolls out, or the content of its namespace, is expected on a cluster: an estimate, where all goes well, nobody is asked and policies stay as they are; left out where none is to come, and while it is being found out",
        "properties": {
          "version": {
            "type": "string",
            "description": "The one that comes; left out where it leaves"
          },
          "ringStartsAt": {
            "type": "string",
            "format": "date-time",
            "description": "When the ring of the cluster is expected to begin; left out where it has begun, or no time is known"
          },
          "at": {
            "type": "string",
            "format": "date-time",
            "description": "About when it comes: with its batch, when windows and freezes let it; left out where no time is known"
          },
          "reason": {
            "type": "string",
            "description": "Why no time is known"
          }
        }
      },
      "HeldChange": {
        "type": "object",
        "description": "Why something that is decided is not delivered yet",
        "required": [
          "reasons"
        ],
        "properties": {
          "reasons": {
            "type": "array",
            "items": {
              "type": "object",
              "required": [
                "rule",
                "reason"
              ],
              "properties": {
                "rule": {
                  "type": "string",
                  "description": "Entity reference of what holds it back"
                },
                "reason": {
                  "type": "string"
                },
                "until": {
                  "type": "string",
                  "format": "date-time"
                }
              }
            }
          },
          "next": {
            "type": "string",
            "format": "date-time",
            "description": "When it may come, as things stand; left out where no time is known"
          }
        }
      },
      "ClusterPlacements": {
        "type": "object",
        "required": [
          "cluster",
          "groups",
          "namespaces",
          "applications",
          "values"
        ],
        "properties": {
          "cluster": {
            "type": "string"
          },
          "shard": {
            "type": "string"
          },
          "groups": {
            "type": "array",
            "description": "All it is in, ancestors included",
            "items": {
              "type": "string"
            }
          },
          "namespaces": {
            "type": "array",
            "items": {
              "type": "object",
              "required": [
                "name"
              ],
              "properties": {
                "name": {
                  "type": "string"
                },
                "title": {
                  "type": "string"
                }
              }
            }
          },
          "applications": {
            "type": "array",
            "items": {
              "$ref": "#/components/schemas/ClusterPlacement"
            }
          },
          "values": {
            "type": "array",
            "items": {
              "$ref": "#/components/schemas/ResolvedValue"
            }
          },
          "usage": {
            "$ref": "#/components/schemas/ClusterUsage"
          }
        }
      },
      "ClusterUsage": {
        "type": "array",
        "items": {
          "type": "object",
          "required": [
            "resource",
            "requested"
          ],
          "properties": {
            "resource": {
              "type": "string"
            },
            "requested": {
              "type": "string"
            },
            "capacity": {
              "type": "string"
            }
          }
        }
      },
      "ApplicationReach": {
        "type": "object",
        "required": [
          "name",
          "targets",
          "placed",
          "refused",
          "held",
          "delivered",
          "problems"
        ],
        "properties": {
          "name": {
            "type": "string"
          },
          "title": {
            "type": "string"
          },
          "namespace": {
            "type": "string"
          },
          "owner": {
            "type": "string"
          },
          "version": {
            "type": "string",
            "description": "As registered, or as polling found it since"
          },
          "poll": {
            "$ref": "#/components/schemas/SourcePollState"
          },
          "mergedVersion": {
            "type": "string",
            "description": "As merged on main, of its last ring"
          },
          "rollout": {
            "type": "string",
            "description": "The policy whose rings it goes through"
          },
          "rings": {
            "type": "array",
            "description": "What each ring has reached, in order; left out where it names no rollout, or its rings cannot be found",
            "items": {
              "$ref": "#/components/schemas/RingReach"
            }
          },
          "targets": {
            "type": "integer"
          },
          "placed": {
            "type": "integer"
          },
          "refused": {
            "type": "integer"
          },
          "held": {
            "type": "integer",
            "description": "Clusters on which a change of it waits"
          },
          "delivered": {
            "type": "integer",
            "description": "Clusters whose bill has it"
          },
          "problems": {
            "type": "integer"
          },
          "changeRequest": {
            "type": "string",
            "description": "Id of the open change request"
          }
        }
      },
      "SourcePollState": {
        "type": "object",
        "description": "How newer versions of its source are looked for; left out where they are not",
        "required": [
          "range"
        ],
        "properties": {
          "range": {
            "type": "string",
            "description": "By SemVer"
          },
          "polledAt": {
            "type": "string",
            "format": "date-time",
            "description": "The last time"
          },
          "nextAt": {
            "type": "string",
            "format": "date-time",
            "description": "Not before"
          },
          "found": {
            "type": "string",
            "description": "The newest in the range, as the source names it"
          },
          "foundAt": {
            "type": "string",
            "format": "date-time"
          },
          "error": {
            "type": "string",
            "description": "Why the last time failed"
          }
        }
      },
      "RingReach": {
        "type": "object",
        "required": [
          "name",
          "clusters",
          "placed",
          "unselected"
        ],
        "properties": {
          "name": {
            "type": "string"
          },
          "version": {
            "type": "string",
            "description": "Of the release that it has reached; left out where it has reached none"
          },
          "digest": {
            "type": "string",
            "description": "Of this release"
          },
          "clusters": {
            "type": "integer",
            "description": "All clusters of the ring"
          },
          "placed": {
            "type": "integer",
            "description": "Those on which it is placed"
          },
          "unselected": {
            "type": "integer",
            "description": "Clusters that no ring selects, of the last ring, to which they belong"
          }
        }
      },
      "ApplicationList": {
        "type": "object",
        "required": [
          "items"
        ],
        "properties": {
          "items": {
            "type": "array",
            "items": {
              "$ref": "#/components/schemas/ApplicationReach"
            }
          }
        }
      },
      "ApplicationPlacementPage": {
        "type": "object",
        "required": [
          "items",
          "total",
          "byGroup"
        ],
        "properties": {
          "items": {
            "type": "array",
            "items": {
              "type": "object",
              "required": [
                "cluster"
              ],
              "properties": {
                "cluster": {
                  "type": "string"
                },
                "version": {
                  "type": "string"
                },
                "ring": {
                  "type": "string",
                  "description": "The cluster's ring in the rollout of the application; left out where it has none"
                },
                "delivered": {
                  "type": "string"
                },
                "step": {
                  "type": "string",
                  "enum": [
                    "target",
                    "prohibit",
                    "fit",
                    "depend"
                  ]
                },
                "reason": {
                  "type": "string"
                },
                "held": {
                  "$ref": "#/components/schemas/HeldChange"
                },
                "eta": {
                  "$ref": "#/components/schemas/ChangeEta"
                }
              }
            }
          },
          "total": {
            "type": "integer"
          },
          "byGroup": {
            "type": "array",
            "description": "By the children of each root",
            "items": {
              "$ref": "#/components/schemas/GroupCount"
            }
          },
          "nextCursor": {
            "type": "string"
          }
        }
      },
      "NamespaceReach": {
        "type": "object",
        "required": [
          "clusters",
          "sample",
          "byGroup",
          "applications"
        ],
        "properties": {
          "clusters": {
            "type": "integer"
          },
          "sample": {
            "type": "array",
            "items": {
              "type": "string"
            }
          },
          "byGroup": {
            "type": "array",
            "items": {
              "$ref": "#/components/schemas/GroupCount"
            }
          },
          "applications": {
            "type": "array",
            "items": {
              "$ref": "#/components/schemas/ApplicationReach"
            }
          }
        }
      },
      "ExplanationStep": {
        "type": "object",
        "required": [
          "step",
          "verdict",
          "message"
        ],
        "properties": {
          "step": {
            "type": "string",
            "enum": [
              "target",
              "prohibit",
              "fit",
              "depend",
              "hold"
            ]
          },
          "verdict": {
            "type": "string",
            "enum": [
              "passed",
              "failed",
              "skipped"
            ]
          },
          "rule": {
            "type": "string",
            "description": "Entity reference of the rule, and the field after a #"
          },
          "message": {
            "type": "string"
          },
          "wouldChange": {
            "type": "string",
            "description": "What would have to change for the opposite"
          }
        }
      },
      "Explanation": {
        "type": "object",
        "required": [
          "application",
          "cluster",
          "placed",
          "summary",
          "steps"
        ],
        "properties": {
          "application": {
            "type": "string"
          },
          "cluster": {
            "type": "string"
          },
          "placed": {
            "type": "boolean"
          },
          "version": {
            "type": "string"
          },
          "ring": {
            "type": "string",
            "description": "The cluster's ring in the rollout of the application"
          },
          "delivered": {
            "type": "string"
          },
          "eta": {
            "$ref": "#/components/schemas/ChangeEta"
          },
          "summary": {
            "type": "string"
          },
          "steps": {
            "type": "array",
            "items": {
              "$ref": "#/components/schemas/ExplanationStep"
            }
          }
        }
      },
      "PlanEffect": {
        "type": "object",
        "description": "What a plan changes for one application or namespace",
        "required": [
          "kind",
          "name",
          "won",
          "lost",
          "changed",
          "refused"
        ],
        "properties": {
          "kind": {
            "type": "string",
            "enum": [
              "application",
              "namespace",
              "group"
            ]
          },
          "name": {
            "type": "string"
          },
          "version": {
            "type": "object",
            "properties": {
              "from": {
                "type": "string"
              },
              "to": {
                "type": "string"
              }
            }
          },
          "won": {
            "$ref": "#/components/schemas/ClusterSet"
          },
          "lost": {
            "$ref": "#/components/schemas/ClusterSet"
          },
          "changed": {
            "$ref": "#/components/schemas/ClusterSet"
          },
          "refused": {
            "$ref": "#/components/schemas/ClusterSet"
          },
          "held": {
            "description": "Where a change that it causes has to wait, for a window, a freeze or a sign-off; in answers of what-if",
            "$ref": "#/components/schemas/ClusterSet"
          },
          "released": {
            "description": "Where what waits now would not have to wait any more; in answers of what-if",
            "$ref": "#/components/schemas/ClusterSet"
          }
        }
      },
      "ClusterSet": {
        "type": "object",
        "required": [
          "count",
          "sample",
          "byGroup"
        ],
        "properties": {
          "count": {
            "type": "integer"
          },
          "sample": {
            "type": "array",
            "items": {
              "type": "string"
            }
          },
          "byGroup": {
            "type": "array",
            "items": {
              "$ref": "#/components/schemas/GroupCount"
            }
          }
        }
      },
      "PlanSummary": {
        "type": "object",
        "required": [
          "id",
          "createdAt",
          "cause",
          "totals"
        ],
        "properties": {
          "id": {
            "type": "string"
          },
          "createdAt": {
            "type": "string",
            "format": "date-time"
          },
          "cause": {
            "type": "string",
            "description": "Why it was made: an intent, or the inventory"
          },
          "changeRequest": {
            "type": "string"
          },
          "mainCommit": {
            "type": "string"
          },
          "totals": {
            "type": "object",
            "description": "Applications, namespaces and groups, counted on each cluster",
            "required": [
              "won",
              "lost",
              "changed",
              "refused",
              "bills"
            ],
            "properties": {
              "won": {
                "type": "integer"
              },
              "lost": {
                "type": "integer"
              },
              "changed": {
                "type": "integer"
              },
              "refused": {
                "type": "integer",
                "description": "Newly refused"
              },
              "bills": {
                "type": "integer",
                "description": "Bills of clusters that change"
              }
            }
          }
        }
      },
      "Plan": {
        "allOf": [
          {
            "$ref": "#/components/schemas/PlanSummary"
          },
          {
            "type": "object",
            "required": [
              "effects",
              "problems"
            ],
            "properties": {
              "effects": {
                "type": "array",
                "items": {
                  "$ref": "#/components/schemas/PlanEffect"
                }
              },
              "problems": {
                "type": "array",
                "items": {
                  "$ref": "#/components/schemas/Problem"
                }
              }
            }
          }
        ]
      },
      "PlanPage": {
        "type": "object",
        "required": [
          "items"
        ],
        "properties": {
          "items": {
            "type": "array",
            "items": {
              "$ref": "#/components/schemas/PlanSummary"
            }
          },
          "nextCursor": {
            "type": "string"
          }
        }
      },
      "PolicyType": {
        "type": "string",
        "enum": [
          "prohibition",
          "window",
          "freeze",
          "override",
          "approval",
          "rollout"
        ]
      },
      "PolicyPhase": {
        "type": "string",
        "enum": [
          "unmerged",
          "upcoming",
          "active",
          "over"
        ],
        "description": "Unmerged is what main does not have yet, so that it has no effect; upcoming and over are freezes and overrides outside their time"
      },
      "TimeRange": {
        "type": "object",
        "description": "From the first to the last of the clusters' own times; what is left out is not known",
        "properties": {
          "first": {
            "type": "string",
            "format": "date-time"
          },
          "last": {
            "type": "string",
            "format": "date-time"
          }
        }
      },
      "PolicyRow": {
        "type": "object",
        "required": [
          "name",
          "type",
          "phase",
          "summary",
          "clusters",
          "namespaces",
          "problems"
        ],
        "properties": {
          "name": {
            "type": "string"
          },
          "title": {
            "type": "string"
          },
          "type": {
            "$ref": "#/components/schemas/PolicyType"
          },
          "phase": {
            "$ref": "#/components/schemas/PolicyPhase"
          },
          "summary": {
            "type": "string",
            "description": "What it says, in words: as merged, or as registered where it is not merged yet"
          },
          "reason": {
            "type": "string",
            "description": "Why, as its author says"
          },
          "clusters": {
            "type": "integer",
            "description": "Clusters on which it holds changes back now; of a prohibition, on which it forbids; of an override, on which it lifts; of a rollout, that no ring selects"
          },
          "held": {
            "type": "integer",
            "description": "Changes of applications, each on one cluster, that wait for it now; of windows and freezes"
          },
          "refused": {
            "type": "integer",
            "description": "Applications, each on one cluster, that are not placed because of it; of prohibitions"
          },
          "ends": {
            "description": "When that ends on the first and on the last of its clusters",
            "$ref": "#/components/schemas/TimeRange"
          },
          "period": {
            "description": "From the first start to the last end, of freezes and overrides",
            "$ref": "#/components/schemas/TimeRange"
          },
          "namespaces": {
            "type": "array",
            "items": {
              "type": "string"
            },
            "description": "Namespaces that name it, of windows"
          },
          "applications": {
            "type": "array",
            "items": {
              "type": "string"
            },
            "description": "Applications that name it, of rollouts"
          },
          "rings": {
            "type": "array",
            "description": "Of rollouts, in order; left out where they cannot be found",
            "items": {
              "type": "object",
              "required": [
                "name",
                "clusters"
              ],
              "properties": {
                "name": {
                  "type": "string"
                },
                "clusters": {
                  "type": "integer"
                }
              }
            }
          },
          "changeRequest": {
            "type": "string",
            "description": "The open change request about it"
          },
          "problems": {
            "type": "integer"
          }
        }
      },
      "PolicyList": {
        "type": "object",
        "required": [
          "at",
          "items"
        ],
        "properties": {
          "at": {
            "type": "string",
            "format": "date-time",
            "description": "When that was so: the latest run"
          },
          "items": {
            "type": "array",
            "items": {
              "$ref": "#/components/schemas/PolicyRow"
            }
          }
        }
      },
      "CalendarPeriod": {
        "type": "object",
        "description": "A freeze or an override that main has",
        "required": [
          "name",
          "type",
          "summary",
          "clusters",
          "period"
        ],
        "properties": {
          "name": {
            "type": "string"
          },
          "title": {
            "type": "string"
          },
          "type": {
            "type": "string",
            "enum": [
              "freeze",
              "override"
            ]
          },
          "summary": {
            "type": "string"
          },
          "reason": {
            "type": "string"
          },
          "clusters": {
            "type": "integer",
            "description": "That it is about"
          },
          "period": {
            "description": "From the first start to the last end on these clusters; a start that is left out is its merge",
            "$ref": "#/components/schemas/TimeRange"
          }
        }
      },
      "CalendarWindow": {
        "type": "object",
        "description": "A window that main has and a namespace names",
        "required": [
          "name",
          "summary",
          "clusters",
          "open"
        ],
        "properties": {
          "name": {
            "type": "string"
          },
          "title": {
            "type": "string"
          },
          "summary": {
            "type": "string"
          },
          "clusters": {
            "type": "integer",
            "description": "That namespaces which name it reach"
          },
          "open": {
            "type": "array",
            "items": {
              "type": "integer"
            },
            "description": "For each hour: on how many of them it lets a change begin, whatever freezes and overrides say"
          }
        }
      },
      "PolicyCalendar": {
        "type": "object",
        "required": [
          "from",
          "hours",
          "periods",
          "windows"
        ],
        "properties": {
          "from": {
            "type": "string",
            "format": "date-time",
            "description": "The beginning of the first hour: that of the latest run"
          },
          "hours": {
            "type": "integer",
            "description": "How many hours it has"
          },
          "periods": {
            "type": "array",
            "items": {
              "$ref": "#/components/schemas/CalendarPeriod"
            },
            "description": "Those that are not over, and begin within these hours"
          },
          "windows": {
            "type": "array",
            "items": {
              "$ref": "#/components/schemas/CalendarWindow"
            }
          }
        }
      },
      "RecordPage": {
        "type": "object",
        "required": [
          "revision",
          "records",
          "deleted"
        ],
        "properties": {
          "revision": {
            "type": "integer",
            "description": "Of the inventory, when this was read"
          },
          "records": {
            "type": "array",
            "items": {
              "$ref": "#/components/schemas/InventoryRecord"
            }
          },
          "deleted": {
            "type": "array",
            "description": "What is gone since then; nothing where all is read",
            "items": {
              "type": "object",
              "required": [
                "kind",
                "name"
              ],
              "properties": {
                "kind": {
                  "$ref": "#/components/schemas/EdgeKind"
                },
                "name": {
                  "type": "string"
                }
              }
            }
          },
          "nextCursor": {
            "type": "string"
          }
        }
      },
      "InventoryRecord": {
        "type": "object",
        "required": [
          "entity",
          "origin",
          "revision"
        ],
        "properties": {
          "entity": {
            "type": "object",
            "additionalProperties": true
          },
          "origin": {
            "type": "object",
            "required": [
              "type"
            ],
            "properties": {
              "type": {
                "type": "string",
                "enum": [
                  "catalog",
                  "api",
                  "provider"
                ]
              },
              "location": {
                "type": "string",
                "description": "Where it is registered, or the name of the provider"
              }
            }
          },
          "revision": {
            "type": "integer",
            "description": "Of the inventory, when it was last written"
          }
        }
      },
      "RolloutCommand": {
        "type": "string",
        "enum": [
          "pause",
          "resume",
          "promote",
          "skip",
          "abort",
          "roll-back"
        ]
      },
      "RolloutPhase": {
        "type": "string",
        "enum": [
          "running",
          "paused",
          "stopped",
          "rolling-back",
          "done",
          "rolled-back",
          "aborted",
          "overtaken"
        ]
      },
      "RingPhase": {
        "type": "string",
        "enum": [
          "waiting",
          "rolling",
          "soaking",
          "done",
          "skipped"
        ]
      },
      "RolloutRingState": {
        "type": "object",
        "required": [
          "name",
          "phase",
          "since"
        ],
        "properties": {
          "name": {
            "type": "string"
          },
          "phase": {
            "$ref": "#/components/schemas/RingPhase"
          },
          "since": {
            "type": "string",
            "format": "date-time"
          },
          "approved": {
            "type": "boolean",
            "description": "Whether a person has said that it may begin"
          },
          "gates": {
            "type": "array",
            "description": "What has to pass before it is done, in the order of its policy; left out where it has none",
            "items": {
              "$ref": "#/components/schemas/RolloutGateState"
            }
          },
          "eta": {
            "$ref": "#/components/schemas/RolloutEta"
          },
          "needsApproval": {
            "type": "boolean",
            "description": "Whether a person has to say that it may begin"
          },
          "soakEnds": {
            "type": "string",
            "format": "date-time",
            "description": "While it soaks: when it is done, as long as enough clusters are healthy; of one rollout"
          },
          "progress": {
            "$ref": "#/components/schemas/RingProgress"
          }
        }
      },
      "RingProgress": {
        "type": "object",
        "description": "How many clusters of a ring stand how, as of the latest run and the latest reports, of those that the caller may see; of the newest rollout of an application or a content",
        "required": [
          "clusters",
          "healthy",
          "rolling",
          "failed",
          "deferred",
          "unreachable",
          "awaited",
          "undeliverable",
          "waiting",
          "pinned",
          "needed",
          "mayFail"
        ],
        "properties": {
          "clusters": {
            "type": "integer",
            "description": "On which it is placed; of content those that have it or shall have it"
          },
          "healthy": {
            "type": "integer"
          },
          "rolling": {
            "type": "integer",
            "description": "Told to run it, and not heard of yet"
          },
          "failed": {
            "type": "integer"
          },
          "deferred": {
            "type": "integer",
            "description": "A window, a freeze or another change keeps it from them"
          },
          "unreachable": {
            "type": "integer",
            "description": "Offline, or silent for too long"
          },
          "awaited": {
            "type": "integer",
            "description": "As unreachable, for their first report has time yet"
          },
          "undeliverable": {
            "type": "integer",
            "description": "It cannot be delivered to them as things are: a value is missing, or something does not build. A problem of the application names them"
          },
          "waiting": {
            "type": "integer",
            "description": "Their turn has not come: the next batch, or the ring"
          },
          "pinned": {
            "type": "integer",
            "description": "On which an override pins another version: they count in no ring, and are none of `clusters`"
          },
          "needed": {
            "type": "integer",
            "description": "That have to be healthy"
          },
          "mayFail": {
            "type": "integer",
            "description": "That may fail"
          }
        }
      },
      "RolloutGateState": {
        "type": "object",
        "required": [
          "name",
          "type",
          "state",
          "since",
          "message"
        ],
        "properties": {
          "name": {
            "type": "string"
          },
          "type": {
            "type": "string",
            "description": "`health`, `prometheus`, `webhook`, or what a module adds"
          },
          "state": {
            "type": "string",
            "enum": [
              "passing",
              "failing",
              "no-data"
            ],
            "description": "By its latest reading; `no-data` also where it was not read yet"
          },
          "value": {
            "type": "number",
            "description": "What was read"
          },
          "threshold": {
            "type": "number",
            "description": "What the value is compared with"
          },
          "operator": {
            "$ref": "#/components/schemas/GateOperator"
          },
          "since": {
            "type": "string",
            "format": "date-time",
            "description": "Since when it is in this state"
          },
          "readAt": {
            "type": "string",
            "format": "date-time",
            "description": "When it was read last; left out where it was not read yet"
          },
          "message": {
            "type": "string",
            "description": "What was read, in words"
          }
        }
      },
      "GateOperator": {
        "type": "string",
        "enum": [
          "<",
          "<=",
          ">",
          ">="
        ]
      },
      "RolloutEta": {
        "type": "object",
        "description": "When it is expected to begin and to be done, where all goes well, nobody is asked and policies stay as they are; left out where it has ended, and while it is being found out",
        "properties": {
          "startsAt": {
            "type": "string",
            "format": "date-time",
            "description": "Left out for what has begun, or where no time is known"
          },
          "endsAt": {
            "type": "string",
            "format": "date-time",
            "description": "Left out for what has ended, or where no time is known"
          },
          "reason": {
            "type": "string",
            "description": "Why no time is known: an approval, a failure, or that it takes more than 31 days"
          }
        }
      },
      "Rollout": {
        "type": "object",
        "required": [
          "id",
          "application",
          "version",
          "release",
          "phase",
          "since",
          "startedAt",
          "rings"
        ],
        "properties": {
          "id": {
            "type": "string"
          },
          "application": {
            "type": "string"
          },
          "version": {
            "type": "string"
          },
          "release": {
            "type": "string",
            "description": "Digest of the release"
          },
          "phase": {
            "$ref": "#/components/schemas/RolloutPhase"
          },
          "since": {
            "type": "string",
            "format": "date-time",
            "description": "When the phase began"
          },
          "startedAt": {
            "type": "string",
            "format": "date-time"
          },
          "eta": {
            "$ref": "#/components/schemas/RolloutEta"
          },
          "rings": {
            "type": "array",
            "items": {
              "$ref": "#/components/schemas/RolloutRingState"
            }
          },
          "lastMove": {
            "description": "What happened last; left out where nothing did",
            "$ref": "#/components/schemas/RolloutMove"
          }
        }
      },
      "RolloutList": {
        "type": "object",
        "required": [
          "items"
        ],
        "properties": {
          "items": {
            "type": "array",
            "items": {
              "$ref": "#/components/schemas/Rollout"
            }
          }
        }
      },
      "RolloutHistory": {
        "type": "object",
        "required": [
          "items"
        ],
        "properties": {
          "items": {
            "type": "array",
            "items": {
              "$ref": "#/components/schemas/PastRollout"
            }
          },
          "nextCursor": {
            "type": "string"
          }
        }
      },
      "PastRollout": {
        "type": "object",
        "required": [
          "id",
          "application",
          "version",
          "release",
          "phase",
          "since",
          "startedAt"
        ],
        "properties": {
          "id": {
            "type": "string"
          },
          "application": {
            "type": "string"
          },
          "version": {
            "type": "string"
          },
          "release": {
            "type": "string",
            "description": "Digest of the release"
          },
          "phase": {
            "$ref": "#/components/schemas/RolloutPhase"
          },
          "since": {
            "type": "string",
            "format": "date-time",
            "description": "When the phase began, or when it ended"
          },
          "startedAt": {
            "type": "string",
            "format": "date-time"
          },
          "broughtBy": {
            "description": "What brought it to its phase, and who asked for that; of what was taken back, the move that began it. Left out where it has only begun",
            "$ref": "#/components/schemas/RolloutMove"
          }
        }
      },
      "RolloutMove": {
        "type": "object",
        "required": [
          "at",
          "from",
          "to",
          "cause"
        ],
        "properties": {
          "at": {
            "type": "string",
            "format": "date-time"
          },
          "ring": {
            "type": "string",
            "description": "Left out where the rollout as a whole moved"
          },
          "from": {
            "type": "string"
          },
          "to": {
            "type": "string"
          },
          "cause": {
            "type": "string"
          },
          "actor": {
            "type": "string",
            "description": "Entity reference of the person who asked for it"
          }
        }
      },
      "RolloutDetails": {
        "allOf": [
          {
            "$ref": "#/components/schemas/Rollout"
          },
          {
            "type": "object",
            "required": [
              "moves",
              "commands"
            ],
            "properties": {
              "commands": {
                "type": "array",
                "description": "What the caller can ask of it now",
                "items": {
                  "$ref": "#/components/schemas/RolloutCommand"
                }
              },
              "commandsBlocked": {
                "type": "string",
                "description": "Why the caller can ask nothing of it, though its state would allow something"
              },
              "moves": {
                "type": "array",
                "description": "What happened, in order",
                "items": {
                  "$ref": "#/components/schemas/RolloutMove"
                }
              }
            }
          }
        ]
      },
      "RolloutSimulationRequest": {
        "type": "object",
        "additionalProperties": false,
        "required": [
          "application"
        ],
        "properties": {
          "application": {
            "type": "string",
            "minLength": 1,
            "maxLength": 253,
            "description": "Its name, or `namespaces/<name>` or `groups/<name>` for the content of a namespace or a group"
          },
          "version": {
            "type": "string",
            "minLength": 1,
            "maxLength": 128,
            "description": "A release that is not there yet, which asks for what the present one asks for; what is under way where left out, or else the next release"
          },
          "mutations": {
            "type": "array",
            "maxItems": 100,
            "description": "Changes of entities that the rollout is played with",
            "items": {
              "$ref": "#/components/schemas/Mutation"
            }
          },
          "from": {
            "type": "string",
            "format": "date-time",
            "description": "Now where left out"
          },
          "days": {
            "type": "integer",
            "minimum": 1,
            "maximum": 31,
            "description": "7 where left out"
          },
          "assume": {
            "$ref": "#/components/schemas/RolloutAssumptions"
          }
        }
      },
      "RolloutAssumptions": {
        "type": "object",
        "additionalProperties": false,
        "description": "What clusters and people do",
        "properties": {
          "reportAfter": {
            "type": "integer",
            "minimum": 0,
            "maximum": 10080,
            "description": "Minutes from the delivery to a cluster until it reports; 10 where left out"
          },
          "failed": {
            "type": "number",
            "minimum": 0,
            "maximum": 1,
            "description": "The share of each ring on which the release fails; none where left out"
          },
          "unreachable": {
            "type": "number",
            "minimum": 0,
            "maximum": 1,
            "description": "The share of each ring that is offline all the time; those that are now where left out"
          },
          "approveAfter": {
            "type": "integer",
            "minimum": 0,
            "maximum": 44640,
            "description": "Minutes until a person says yes to a ring that asks for it; nobody does where left out"
          }
        }
      },
      "RolloutSimulation": {
        "type": "object",
        "required": [
          "application",
          "version",
          "from",
          "until",
          "phase",
          "clusters",
          "rings",
          "hours",
          "moves"
        ],
        "properties": {
          "application": {
            "type": "string"
          },
          "version": {
            "type": "string",
            "description": "What rolls out"
          },
          "from": {
            "type": "string",
            "format": "date-time"
          },
          "until": {
            "type": "string",
            "format": "date-time",
            "description": "The end of the days, or when nothing changes any more"
          },
          "phase": {
            "description": "At the end",
            "allOf": [
              {
                "$ref": "#/components/schemas/RolloutPhase"
              }
            ]
          },
          "clusters": {
            "type": "integer",
            "description": "On which it is placed"
          },
          "everywhereAt": {
            "type": "string",
            "format": "date-time",
            "description": "When the last cluster is told to run it; left out where that does not happen"
          },
          "waitsFor": {
            "type": "string",
            "description": "Why it does not come to its end; left out where it does"
          },
          "rings": {
            "type": "array",
            "items": {
              "$ref": "#/components/schemas/SimulatedRing"
            }
          },
          "hours": {
            "type": "array",
            "description": "How it stands at the beginning of each hour",
            "items": {
              "$ref": "#/components/schemas/SimulatedHour"
            }
          },
          "moves": {
            "type": "array",
            "description": "What happens, in order",
            "items": {
              "$ref": "#/components/schemas/RolloutMove"
            }
          }
        }
      },
      "SimulatedRing": {
        "type": "object",
        "required": [
          "name",
          "clusters",
          "phase"
        ],
        "properties": {
          "name": {
            "type": "string"
          },
          "clusters": {
            "type": "integer"
          },
          "phase": {
            "description": "At the end",
            "allOf": [
              {
                "$ref": "#/components/schemas/RingPhase"
              }
            ]
          },
          "startsAt": {
            "type": "string",
            "format": "date-time",
            "description": "When main names the release for it"
          },
          "endsAt": {
            "type": "string",
            "format": "date-time",
            "description": "When it has soaked, or was skipped"
          },
          "everywhereAt": {
            "type": "string",
            "format": "date-time",
            "description": "When its last cluster is told to run it"
          }
        }
      },
      "SimulatedHour": {
        "type": "object",
        "required": [
          "at",
          "rings"
        ],
        "properties": {
          "at": {
            "type": "string",
            "format": "date-time"
          },
          "rings": {
            "type": "array",
            "items": {
              "type": "object",
              "required": [
                "name",
                "phase",
                "versions",
                "healthy",
                "failed",
                "deferred",
                "unreachable"
              ],
              "properties": {
                "name": {
                  "type": "string"
                },
                "phase": {
                  "$ref": "#/components/schemas/RingPhase"
                },
                "versions": {
                  "type": "array",
                  "description": "How many clusters are told to run which; those that have none are in none",
                  "items": {
                    "type": "object",
                    "required": [
                      "version",
                      "clusters"
                    ],
                    "properties": {
                      "version": {
                        "type": "string"
                      },
                      "clusters": {
                        "type": "integer"
                      }
                    }
                  }
                },
                "healthy": {
                  "type": "integer",
                  "description": "Clusters that report the release as healthy"
                },
                "failed": {
                  "type": "integer"
                },
                "deferred": {
                  "type": "integer",
                  "description": "Clusters without the release that a window, a freeze or their draining keeps from changing"
                },
                "unreachable": {
                  "type": "integer"
                }
              }
            }
          }
        }
      },
      "SelectorPreview": {
        "type": "object",
        "required": [
          "count",
          "total",
          "sample",
          "byGroup"
        ],
        "properties": {
          "count": {
            "type": "integer"
          },
          "total": {
            "type": "integer",
            "description": "Clusters in the fleet"
          },
          "sample": {
            "type": "array",
            "items": {
              "type": "string"
            }
          },
          "byGroup": {
            "type": "array",
            "items": {
              "$ref": "#/components/schemas/GroupCount"
            }
          }
        }
      },
      "StoredSource": {
        "type": "object",
        "required": [
          "digest",
          "path"
        ],
        "properties": {
          "digest": {
            "type": "string",
            "description": "SHA-256 of the files, in hexadecimal"
          },
          "path": {
            "type": "string",
            "description": "For spec.source.path"
          }
        }
      },
      "ReportedCondition": {
        "type": "string",
        "enum": [
          "healthy",
          "progressing",
          "failed",
          "removed"
        ],
        "description": "removed: it was taken away from the cluster"
      },
      "ClusterFreshness": {
        "type": "string",
        "enum": [
          "fresh",
          "awaited",
          "stale",
          "offline",
          "unknown"
        ],
        "description": "How long ago the cluster was heard of; awaited: it never was, and its first report has time yet; unknown: it never was"
      },
      "ApplicationState": {
        "type": "string",
        "enum": [
          "current",
          "progressing",
          "awaited",
          "failed",
          "behind",
          "stale",
          "offline",
          "unknown"
        ],
        "description": "behind: the last report is about another revision than the wanted one"
      },
      "StatusReport": {
        "type": "object",
        "required": [
          "cluster"
        ],
        "properties": {
          "cluster": {
            "type": "string",
            "maxLength": 253
          },
          "application": {
            "type": "string",
            "minLength": 1,
            "maxLength": 253,
            "description": "Left out: the cluster is there, and no more"
          },
          "revision": {
            "type": "string",
            "minLength": 1,
            "maxLength": 100,
            "description": "The digest of the revision that the bill names"
          },
          "condition": {
            "$ref": "#/components/schemas/ReportedCondition"
          },
          "at": {
            "type": "string",
            "format": "date-time",
            "description": "By the clock of the cluster; now where left out"
          },
          "message": {
            "type": "string",
            "maxLength": 10000
          }
        },
        "additionalProperties": false
      },
      "StatusReports": {
        "type": "object",
        "required": [
          "reports"
        ],
        "properties": {
          "reports": {
            "type": "array",
            "items": {
              "$ref": "#/components/schemas/StatusReport"
            }
          }
        },
        "additionalProperties": false
      },
      "StatusOutcome": {
        "type": "string",
        "enum": [
          "recorded",
          "unchanged",
          "heard",
          "outdated",
          "unknown-revision",
          "unknown-application",
          "unknown-cluster"
        ]
      },
      "StatusReportSummary": {
        "type": "object",
        "required": [
          "counts",
          "refused"
        ],
        "properties": {
          "counts": {
            "type": "object",
            "description": "How many reports had each outcome",
            "additionalProperties": {
              "type": "integer"
            }
          },
          "refused": {
            "type": "array",
            "description": "The first hundred that are about nothing that is known",
            "items": {
              "type": "object",
              "required": [
                "index",
                "outcome"
              ],
              "properties": {
                "index": {
                  "type": "integer",
                  "description": "Which report, from 0"
                },
                "outcome": {
                  "$ref": "#/components/schemas/StatusOutcome"
                }
              }
            }
          }
        }
      },
      "ApplicationReport": {
        "type": "object",
        "required": [
          "revision",
          "condition",
          "at"
        ],
        "properties": {
          "revision": {
            "type": "string"
          },
          "version": {
            "type": "string",
            "description": "Of the revision, where a bill still names it"
          },
          "condition": {
            "$ref": "#/components/schemas/ReportedCondition"
          },
          "at": {
            "type": "string",
            "format": "date-time"
          },
          "message": {
            "type": "string"
          }
        }
      },
      "StateCounts": {
        "type": "object",
        "required": [
          "current",
          "progressing",
          "awaited",
          "failed",
          "behind",
          "stale",
          "offline",
          "unknown"
        ],
        "properties": {
          "current": {
            "type": "integer"
          },
          "progressing": {
            "type": "integer"
          },
          "awaited": {
            "type": "integer"
          },
          "failed": {
            "type": "integer"
          },
          "behind": {
            "type": "integer"
          },
          "stale": {
            "type": "integer"
          },
          "offline": {
            "type": "integer"
          },
          "unknown": {
            "type": "integer"
          }
        }
      },
      "FleetStatus": {
        "type": "object",
        "required": [
          "clusters",
          "applications"
        ],
        "properties": {
          "clusters": {
            "type": "object",
            "description": "Those that have a bill",
            "required": [
              "fresh",
              "awaited",
              "stale",
              "offline",
              "unknown"
            ],
            "properties": {
              "fresh": {
                "type": "integer"
              },
              "awaited": {
                "type": "integer"
              },
              "stale": {
                "type": "integer"
              },
              "offline": {
                "type": "integer"
              },
              "unknown": {
                "type": "integer"
              }
            }
          },
          "applications": {
            "type": "array",
            "items": {
              "type": "object",
              "required": [
                "application",
                "counts"
              ],
              "properties": {
                "application": {
                  "type": "string"
                },
                "title": {
                  "type": "string"
                },
                "counts": {
                  "$ref": "#/components/schemas/StateCounts"
                }
              }
            }
          }
        }
      },
      "ClusterStatus": {
        "type": "object",
        "required": [
          "cluster",
          "freshness",
          "counts",
          "applications"
        ],
        "properties": {
          "cluster": {
            "type": "string"
          },
          "shard": {
            "type": "string"
          },
          "freshness": {
            "$ref": "#/components/schemas/ClusterFreshness"
          },
          "heardAt": {
            "type": "string",
            "format": "date-time"
          },
          "build": {
            "type": "object",
            "description": "What it says of its own bill: whether it can be built, and at which commit of the shard's branch",
            "required": [
              "commit",
              "condition",
              "at"
            ],
            "properties": {
              "commit": {
                "type": "string"
              },
              "condition": {
                "$ref": "#/components/schemas/ReportedCondition"
              },
              "at": {
                "type": "string",
                "format": "date-time"
              },
              "message": {
                "type": "string"
              }
            }
          },
          "counts": {
            "$ref": "#/components/schemas/StateCounts"
          },
          "applications": {
            "type": "array",
            "items": {
              "type": "object",
              "required": [
                "application",
                "state"
              ],
              "properties": {
                "application": {
                  "type": "string"
                },
                "title": {
                  "type": "string"
                },
                "namespace": {
                  "type": "string"
                },
                "revision": {
                  "type": "string",
                  "description": "The wanted one; left out where the bill does not name the application, and the cluster still reports it"
                },
                "version": {
                  "type": "string"
                },
                "state": {
                  "$ref": "#/components/schemas/ApplicationState"
                },
                "reported": {
                  "$ref": "#/components/schemas/ApplicationReport"
                },
                "eta": {
                  "$ref": "#/components/schemas/ChangeEta"
                }
              }
            }
          }
        }
      },
      "ApplicationStatusPage": {
        "type": "object",
        "required": [
          "application",
          "counts",
          "byGroup",
          "items",
          "total"
        ],
        "properties": {
          "application": {
            "type": "string"
          },
          "counts": {
            "$ref": "#/components/schemas/StateCounts"
          },
          "byGroup": {
            "type": "array",
            "description": "By the children of each root",
            "items": {
              "type": "object",
              "required": [
                "group",
                "counts"
              ],
              "properties": {
                "group": {
                  "type": "string"
                },
                "title": {
                  "type": "string"
                },
                "hierarchy": {
                  "type": "string"
                },
                "counts": {
                  "$ref": "#/components/schemas/StateCounts"
                }
              }
            }
          },
          "items": {
            "type": "array",
            "items": {
              "type": "object",
              "required": [
                "cluster",
                "state",
                "freshness"
              ],
              "properties": {
                "cluster": {
                  "type": "string"
                },
                "title": {
                  "type": "string"
                },
                "state": {
                  "$ref": "#/components/schemas/ApplicationState"
                },
                "freshness": {
                  "$ref": "#/components/schemas/ClusterFreshness"
                },
                "heardAt": {
                  "type": "string",
                  "format": "date-time"
                },
                "revision": {
                  "type": "string",
                  "description": "The wanted one"
                },
                "version": {
                  "type": "string"
                },
                "reported": {
                  "$ref": "#/components/schemas/ApplicationReport"
                }
              }
            }
          },
          "total": {
            "type": "integer",
            "description": "Clusters in the state asked for"
          },
          "nextCursor": {
            "type": "string"
          }
        }
      },
      "WhatIf": {
        "type": "object",
        "required": [
          "revision",
          "results",
          "effect"
        ],
        "properties": {
          "revision": {
            "type": "integer",
            "description": "Of the inventory that it is asked of"
          },
          "results": {
            "type": "array",
            "items": {
              "$ref": "#/components/schemas/MutationResult"
            }
          },
          "effect": {
            "$ref": "#/components/schemas/WriteEffect"
          }
        }
      },
      "WriteEffect": {
        "type": "object",
        "description": "What writes would cause, beside what is planned now, as far as the caller may see it: facts of clusters at once, decisions as merged",
        "required": [
          "totals",
          "effects",
          "values",
          "problems",
          "changeRequests",
          "files",
          "delivery"
        ],
        "properties": {
          "totals": {
            "type": "object",
            "description": "The sums of the effects",
            "required": [
              "won",
              "lost",
              "changed",
              "refused",
              "held",
              "released"
            ],
            "properties": {
              "won": {
                "type": "integer"
              },
              "lost": {
                "type": "integer"
              },
              "changed": {
                "type": "integer"
              },
              "refused": {
                "type": "integer"
              },
              "held": {
                "type": "integer"
              },
              "released": {
                "type": "integer"
              }
            }
          },
          "effects": {
            "type": "array",
            "items": {
              "$ref": "#/components/schemas/PlanEffect"
            }
          },
          "values": {
            "type": "object",
            "description": "Values of clusters that are there before and afterwards",
            "required": [
              "clusters",
              "changes",
              "more"
            ],
            "properties": {
              "clusters": {
                "type": "integer",
                "description": "Clusters of which a value becomes another one"
              },
              "changes": {
                "type": "array",
                "description": "At most 200, by key",
                "items": {
                  "$ref": "#/components/schemas/ValueChange"
                }
              },
              "more": {
                "type": "integer",
                "description": "Changes that are left out here"
              }
            }
          },
          "problems": {
            "type": "object",
            "required": [
              "arising",
              "going"
            ],
            "properties": {
              "arising": {
                "$ref": "#/components/schemas/ProblemSet"
              },
              "going": {
                "$ref": "#/components/schemas/ProblemSet"
              }
            }
          },
          "changeRequests": {
            "type": "array",
            "description": "What people would be asked to merge, or what would be merged by itself",
            "items": {
              "type": "object",
              "required": [
                "entity",
                "title",
                "direct"
              ],
              "properties": {
                "entity": {
                  "type": "string",
                  "description": "Entity reference"
                },
                "title": {
                  "type": "string"
                },
                "direct": {
                  "type": "boolean",
                  "description": "Merged by itself, because the place where it is registered is reviewed"
                }
              }
            }
          },
          "files": {
            "type": "array",
            "description": "Files of main, by path",
            "items": {
              "type": "object",
              "required": [
                "path",
                "status"
              ],
              "properties": {
                "path": {
                  "type": "string"
                },
                "status": {
                  "type": "string",
                  "enum": [
                    "added",
                    "changed",
                    "removed"
                  ]
                }
              }
            }
          },
          "delivery": {
            "type": "object",
            "description": "What would be written to delivery branches",
            "required": [
              "bills",
              "values",
              "revisions",
              "shards"
            ],
            "properties": {
              "bills": {
                "type": "integer",
                "description": "Clusters whose bill changes"
              },
              "values": {
                "type": "integer",
                "description": "Clusters whose values file changes"
              },
              "revisions": {
                "type": "integer",
                "description": "Folders of revisions that are new, each in its shard"
              },
              "shards": {
                "type": "integer",
                "description": "Branches that get a commit"
              }
            }
          }
        }
      },
      "ValueChange": {
        "type": "object",
        "required": [
          "key",
          "clusters"
        ],
        "properties": {
          "key": {
            "type": "string"
          },
          "from": {
            "type": "string",
            "description": "Left out where nothing set it"
          },
          "to": {
            "type": "string",
            "description": "Left out where nothing sets it any more"
          },
          "clusters": {
            "$ref": "#/components/schemas/ClusterSet"
          }
        }
      },
      "ProblemSet": {
        "type": "object",
        "required": [
          "count",
          "items"
        ],
        "properties": {
          "count": {
            "type": "integer"
          },
          "items": {
            "type": "array",
            "description": "At most 200",
            "items": {
              "$ref": "#/components/schemas/Problem"
            }
          }
        }
      }
    },
    "headers": {
      "ETag": {
        "description": "The entity's etag, for If-Match",
        "schema": {
          "type": "string"
        }
      }
    }
  }
};
