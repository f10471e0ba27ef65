// A second provider for the tests, oidc-provider: it sends log-out tokens by itself. Prints its port.
// Arguments: the address of the registry, the secret of the client, the folder of the modules.

import { createRequire } from "node:module";
import { createServer } from "node:http";
import { pathToFileURL } from "node:url";

const [registry, secret, modules] = process.argv.slice(2);
const found = createRequire(`${modules}/`).resolve("oidc-provider");
const { default: Provider } = await import(pathToFileURL(found));

const server = createServer();
server.listen(0, "127.0.0.1", () => {
  const issuer = `http://127.0.0.1:${server.address().port}`;
  const provider = new Provider(issuer, {
    clients: [
      {
        client_id: "registry",
        client_secret: secret,
        token_endpoint_auth_method: "client_secret_post",
        redirect_uris: [`${registry}/account/directory/signed-in/`],
        post_logout_redirect_uris: [`${registry}/`],
        backchannel_logout_uri: `${registry}/account/directory/log-out/`,
        backchannel_logout_session_required: true,
      },
    ],
    claims: { openid: ["sub", "sid"], email: ["email", "email_verified"], profile: ["name", "groups"] },
    conformIdTokenClaims: false,
    // Its guard refuses to send to this machine itself.
    fetch: (address, { dispatcher: _guard, ...options }) => globalThis.fetch(address, options),
    features: { backchannelLogout: { enabled: true }, devInteractions: { enabled: true } },
    findAccount: (_context, id) => ({
      accountId: id,
      claims: () => ({
        sub: id,
        name: "Mair Officer",
        email: "mair@authority.example",
        email_verified: true,
        groups: ["officers"],
      }),
    }),
    async loadExistingGrant(context) {
      const grant = new context.oidc.provider.Grant({
        clientId: context.oidc.client.clientId,
        accountId: context.oidc.session.accountId,
      });
      grant.addOIDCScope("openid profile email");
      await grant.save();
      return grant;
    },
  });
  server.on("request", provider.callback());
  console.log(server.address().port);
});
