"""The ways out of the house: one function per channel that carries one message, or says why not."""

from notices.channels import gateway, mail, webhook
from notices.models import Channel

CARRIERS = {
    Channel.MAIL: mail.carry,
    Channel.SMS: gateway.carry,
    Channel.WECOM: gateway.carry,
    Channel.DINGTALK: gateway.carry,
    Channel.WEBHOOK: webhook.carry,
}
