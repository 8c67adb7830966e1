// Reads {documents, schemas, cases} from standard input, verifies each case with software that did
// not issue it, and prints a list of {name, isVerified, isRevoked, why}. Nothing is fetched.
import {DataIntegrityProof} from '@digitalbazaar/data-integrity';
import {cryptosuite} from '@digitalbazaar/eddsa-rdfc-2022-cryptosuite';
import {checkStatus} from '@digitalbazaar/vc-bitstring-status-list';
import * as vc from '@digitalbazaar/vc';
import Ajv2019 from 'ajv/dist/2019.js';
import addFormats from 'ajv-formats';
import {importJWK, compactVerify, decodeProtectedHeader} from 'jose';
import {readFileSync} from 'node:fs';

const {documents, schemas, cases, now} = JSON.parse(readFileSync(0, 'utf8'));
const ajv = new Ajv2019({strict: false, allErrors: true});
addFormats(ajv);
const validators = Object.entries(schemas).map(([name, schema]) => [name, ajv.compile(schema)]);

// DID documents are asked for by DID and by method; pages and contexts by their address.
async function documentLoader(url) {
  const [base, fragment] = url.split('#');
  const document = documents[url] ?? documents[base];
  if(document === undefined) {
    throw new Error(`not found: ${url}`);
  }
  if(fragment !== undefined && documents[url] === undefined) {
    const method = document.verificationMethod.find(({id}) => id === url);
    if(method === undefined) {
      throw new Error(`no such key: ${url}`);
    }
    const context = 'https://w3id.org/security/multikey/v1';
    return {contextUrl: null, documentUrl: url, document: {'@context': context, ...method}};
  }
  return {contextUrl: null, documentUrl: url, document};
}

async function verifyEmbedded(credential) {
  const broken = validators.filter(([, isValid]) => !isValid(credential)).map(([name]) => name);
  const suite = new DataIntegrityProof({cryptosuite});
  let status;
  const result = await vc.verifyCredential({
    credential, suite, documentLoader, now: new Date(now),
    async checkStatus(options) {
      status = await checkStatus({...options, suite, verifyBitstringStatusListCredential: true});
      return status;
    }
  });
  // A revoked badge is "verified" for this library: the bit is in the status result.
  const isRevoked = Boolean(status?.results?.some(one => one.status));
  const isVerified = result.verified && broken.length === 0;
  const why = result.error?.errors?.map(String).join('; ') ?? String(result.error ?? broken);
  return {isVerified, isRevoked, why};
}

async function verifyToken(token) {
  const {kid, alg} = decodeProtectedHeader(token);
  const [did] = kid.split('#');
  const method = documents[did]?.verificationMethod.find(({id}) => id === kid);
  if(!method || !documents[did].assertionMethod.includes(kid)) {
    throw new Error(`no such key: ${kid}`);
  }
  const key = await importJWK(method.publicKeyJwk, 'RS256');
  const {payload} = await compactVerify(token, key, {algorithms: ['RS256']});
  const claims = JSON.parse(new TextDecoder().decode(payload));
  const isSame = claims.iss === claims.issuer.id && did === claims.iss && claims.jti === claims.id &&
    claims.sub === claims.credentialSubject.id;
  const isInTime = !claims.exp || claims.exp * 1000 > Date.parse(now);
  return {isVerified: isSame && isInTime, isRevoked: false, why: alg};
}

const told = [];
for(const {name, credential, token} of cases) {
  try {
    told.push({name, ...(token ? await verifyToken(token) : await verifyEmbedded(credential))});
  } catch(error) {
    told.push({name, isVerified: false, isRevoked: false, why: String(error)});
  }
}
process.stdout.write(JSON.stringify(told));
