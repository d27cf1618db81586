// Loaded before the bot: without the demo there is no Slack and no Z-API for it.
process.once('disconnect', () => process.exit(1));
process.channel?.unref();
