/// All routes of the API, in the order of the document.
enum RouteTable {
    /// Routes that answer from the state, and so also from that of a moment before.
    private static let projections: [Route] =
        CustomerRoutes.routes + CustomerLookup.routes + AddressRoutes.routes + TagRoutes.routes + NoteRoutes.routes
        + ConsentRoutes.routes
        + ContactRoutes.routes
        + OrderRoutes.routes + LoyaltyRoutes.routes + CreditRoutes.routes + TimelineRoutes.routes
        + GroupRoutes.routes + PricingRoutes.routes + CustomFieldRoutes.routes + SegmentRoutes.routes
        + OrderMoveRoutes.routes + InvoiceRoutes.routes + ReturnRoutes.routes
        + RuleRoutes.routes
        + ViewRoutes.routes
        + MetricCardRoutes.routes + OrganizationRoutes.routes + ReadRoutes.routes + DataRequestRoutes.routes
        + JobRoutes.register + WebhookRoutes.register

    /// Routes that need a key.
    static let resources: [Route] =
        projections.map(\.offeringPast) + MergeRoutes.routes + DuplicateRoutes.routes + ReceiptRoutes.routes
        + BundleRoutes.routes + JobRoutes.actions + ExportRoutes.routes + BulkRoutes.routes + ImportRoutes.routes
        + APIKeyRoutes.routes + RoleRoutes.routes + CallerRoutes.routes + AuditRoutes.routes + UserRoutes.routes
        + ShopRoutes.routes
        + WebhookRoutes.actions + WebhookDeliveryRoutes.routes

    static let all: [Route] = resources + OperationRoutes.routes { document } + SDKRoutes.routes

    /// The OpenAPI document of all routes, made once.
    static let document: [UInt8] = {
        var writer = JSONWriter(capacity: 1 << 18)
        writer.value(OpenAPIDocument(routes: all).json)
        return writer.bytes
    }()
}
