// Package dynamo is the store of the directory on DynamoDB: the ports of package csdn, kept in four tables that are
// separate by privacy class. A function holds a value for each table that it opens and no other, so its wiring says
// what it can reach.
//
// It may import csdn and the AWS SDK. Rules of the network are not decided here: the store checks versions and
// uniqueness, by conditions of the write itself, and returns what it finds as the kinds of package csdn. Stored items
// are structs of their own, mapped to the domain and back in the file of their noun. What keys look like is known to
// keys.go alone.
package dynamo
