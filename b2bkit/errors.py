"""The root of everything b2bkit raises. Each room defines the errors its callers act on.

```
B2bkitError
├── AddressError           b2bkit.addresses  not a plain http(s) address
├── TemplateError          b2bkit.liquid     the Liquid cannot be parsed or rendered
│   └── PartError          b2bkit.webhook    the same, with the part of the webhook
├── Aborted                b2bkit.liquid     {% abort_message %} ended the message
├── WebhookError           b2bkit.webhook    a webhook that Braze could not have (method, body)
├── CampaignError          b2bkit.campaigns  a campaign or Canvas that Braze could not have
├── UseCaseError           b2bkit.use_cases  unknown use case, a name that cannot be used
├── MessagingError         b2bkit.messaging  cannot be asked of the messaging side
├── SandboxError           b2bkit.sandbox    a sandbox set up or used in a way that cannot work
├── UnknownInstance        b2bkit.braze      no such Braze instance
├── ClientError            b2bkit.client     refused here, before anything was sent
│   ├── HostRefused                          the host is not one this client may contact
│   └── KeyMissing                           no API key to send with
└── TransportError         b2bkit.transport  no usable answer came back
    ├── NotSent                              nothing reached the server
    └── OutcomeUnknown                       it may have arrived: look before you repeat
```
"""


class B2bkitError(Exception):
    """Root of all errors that b2bkit raises on purpose; its text is a sentence for a person."""
