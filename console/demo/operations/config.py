"""AWS Config: what is recorded, and where it goes."""

from console.demo.messages import Payload
from console.demo.native import Asked, Operations

OPERATIONS = Operations("config")


@OPERATIONS("DescribeConfigurationRecorders")
def describe_configuration_recorders(asked: Asked) -> Payload:
    """Return the Region's recorder, if it has one."""
    return {"ConfigurationRecorders": asked.held("config.recorder")}


@OPERATIONS("DescribeConfigurationRecorderStatus")
def describe_configuration_recorder_status(asked: Asked) -> Payload:
    """Return whether it is recording."""
    return {"ConfigurationRecordersStatus": asked.held("config.recorder_status")}


@OPERATIONS("DescribeDeliveryChannels")
def describe_delivery_channels(asked: Asked) -> Payload:
    """Return where it delivers."""
    return {"DeliveryChannels": asked.held("config.delivery_channel")}


@OPERATIONS("DescribeDeliveryChannelStatus")
def describe_delivery_channel_status(asked: Asked) -> Payload:
    """Return whether that works."""
    return {"DeliveryChannelsStatus": asked.held("config.delivery_channel_status")}
